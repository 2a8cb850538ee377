import type { CompleteOptions } from '../cli/parse-command.ts';
import { type AgentSources, clusterSources } from './cluster-sources.ts';
import { type CompletionSources, completionText } from './complete.ts';

/** A person waits for it with a finger on the key. */
const LIMIT_MS = 2_000;

/**
 * What `__complete` prints for the typed words. Never fails: what cannot be found out in time is no candidate.
 * @param agent how agents are asked; not at all unless given
 */
export async function runCompletion(
  options: CompleteOptions,
  agent: AgentSources = noAgent,
): Promise<string> {
  return completionText(options, (typed) => patient(clusterSources(typed, agent)));
}

const noAgent: AgentSources = { functions: async () => [], sessions: async () => [] };

function patient(sources: CompletionSources): CompletionSources {
  return {
    objects: (kind, namespace) => inTime(sources.objects(kind, namespace)),
    configured: (what) => inTime(sources.configured(what)),
    functions: (prefix) => inTime(sources.functions(prefix)),
    sessions: () => inTime(sources.sessions()),
    networkNamespaces: () => inTime(sources.networkNamespaces()),
  };
}

async function inTime(names: Promise<readonly string[]>): Promise<readonly string[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly string[]>((resolve) => {
    timer = setTimeout(resolve, LIMIT_MS, []);
  });
  try {
    return await Promise.race([names, late]);
  } catch {
    return [];
  } finally {
    clearTimeout(timer);
  }
}
