import { PWRU_SLOTS } from '../core/event/layout.ts';
import type { TracepointPlan } from '../core/probe/probe-plan.ts';
import type { RefusedProbe } from '../kernel/probe-attachment.ts';
import { errnoName } from '../native/errno.ts';
import { attachRawTracepoint } from '../native/libbpf.ts';
import { attachDrop, dropProgram, dropTracepoint } from './drop-probe.ts';
import type { ProbeAttachRequest, SessionProbes } from './session-probes.ts';

/** Has a program of its own, since the packet ends there. */
const endTracepoint = 'consume_skb';
export const endProgram = 'end';

/**
 * Probes on raw tracepoints. libbpf 1.1 cannot give one a cookie: each takes a numbered program of its own.
 * @param plan those that the user selected.
 */
export function tracepointProbes(plan: TracepointPlan): SessionProbes {
  const slotted = plan.attach.filter(
    ({ name }) => name !== dropTracepoint && name !== endTracepoint,
  );
  const inSlots = slotted.slice(0, PWRU_SLOTS - 1);
  const slotArguments = new Uint8Array(PWRU_SLOTS);
  for (const [index, { argument }] of inSlots.entries()) slotArguments[index + 1] = argument;
  const isEndSelected = plan.attach.some(({ name }) => name === endTracepoint);
  return {
    total: inSlots.length + 1 + (isEndSelected ? 1 : 0),
    programs: [...inSlots.map((_, index) => `slot${index + 1}`), endProgram, dropProgram],
    slotArguments,
    hasReleaseHooks: false,
    isEndSilent: !isEndSelected,
    slotNames: new Map(inSlots.map(({ name }, index) => [index + 1, name])),
    functionNames: new Map(),
    refused: [
      ...plan.refused,
      ...slotted.slice(PWRU_SLOTS - 1).map(({ name, module }) => ({
        name,
        module,
        reason: `a session has programs for ${PWRU_SLOTS - 1} tracepoints`,
      })),
    ],
    attach: async (request) => {
      await attachDrop(request, 1);
      return attachAll(request, [
        ...inSlots.map(({ name }, index) => ({ name, program: `slot${index + 1}`, functions: 1 })),
        { name: endTracepoint, program: endProgram, functions: isEndSelected ? 1 : 0 },
      ]);
    },
  };
}

interface TracepointLink {
  readonly name: string;
  readonly program: string;
  readonly functions: number;
}

async function attachAll(
  request: ProbeAttachRequest,
  tracepoints: readonly TracepointLink[],
): Promise<RefusedProbe[]> {
  const refused: RefusedProbe[] = [];
  let done = 1;
  for (const { name, program, functions } of tracepoints) {
    if (request.signal.aborted) break;
    const link = await attachRawTracepoint(request.programFd(program), name);
    if (link >= 0) request.links.add(link, functions);
    else refused.push({ name, module: '', reason: errnoName(-link) });
    done += functions;
    request.onProgress(done);
  }
  return refused;
}
