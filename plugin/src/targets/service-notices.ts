import type { PodSource } from './pod-source.ts';
import { balancerNames, isLocalOnly } from './service-ports.ts';
import type { TargetState } from './target-state.ts';

/** More nodes than that are counted, not named. */
const MAX_NAMED = 3;

/** What is to be known of the services that are traced: of each the same sentence once. */
export class ServiceNotices {
  readonly #tell: (text: string) => void;
  #told: ReadonlySet<string> = new Set();

  constructor(tell: (text: string) => void) {
    this.#tell = tell;
  }

  /** To be called for each state. */
  advance(sources: readonly PodSource[], state: TargetState): void {
    const texts = sources.flatMap((source) => sentences(source, state));
    for (const text of texts) if (!this.#told.has(text)) this.#tell(text);
    this.#told = new Set(texts);
  }
}

function sentences(source: PodSource, { nodes }: TargetState): string[] {
  const service = source.service?.();
  if (service === undefined) return [];
  const names = balancerNames(service).map(
    (name) =>
      `${source.text}: its load balancer ${name} has no address in the API, and names are not resolved: packets are shown when they come to a node`,
  );
  const withPods = new Set(source.pods().map(({ spec }) => spec?.nodeName));
  const without = [...nodes.keys()].filter((node) => !withPods.has(node)).sort();
  if (!isLocalOnly(service) || without.length === 0) return names;
  const others = without.length - MAX_NAMED;
  const list = `${without.slice(0, MAX_NAMED).join(', ')}${others > 0 ? ` and ${others} more nodes` : ''}`;
  return [
    ...names,
    `${source.text}: its externalTrafficPolicy is Local: without a pod of it, ${list} drop${without.length === 1 ? 's' : ''} what comes there from outside`,
  ];
}
