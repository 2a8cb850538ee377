import type { PlannedTracepoint, TracepointPlan } from '../../core/probe/probe-plan.ts';
import { PWRU_SLOTS } from '../../core/record/layout.ts';
import type { RefusedProbe } from '../../kernel/bpf/probe-links.ts';
import { errnoName } from '../../native/errno.ts';
import { attachRawTracepoint, attachRawTracepointWithCookie } from '../../native/libbpf.ts';
import type { ProbeAttachRequest, SessionProbes } from './probe-source.ts';
import { attachDrop, dropProgram, dropTracepoint } from './sensors.ts';

/** Has a program of its own, since the packet ends there. */
const endTracepoint = 'consume_skb';
const endProgram = 'end';

/** Programs of bpf/slots.bpf.c that no other object has. */
export function isSlotProgram(name: string): boolean {
  return name.startsWith('slot');
}

/** Programs of bpf/tracepoints.bpf.c that no other object has. */
export function isTracepointProgram(name: string): boolean {
  return name.startsWith('tracepoint');
}

/** The programs that a session by tracepoints has at least. @param hasCookies as of `tracepointProbes` */
export function smallestTracepointPrograms(hasCookies: boolean): readonly string[] {
  return [hasCookies ? 'tracepoint1' : 'slot1', endProgram, dropProgram];
}

/**
 * Probes on raw tracepoints, each of which has a slot: a number by which its hits are told from others'.
 * @param plan those that the user selected.
 * @param hasCookies the kernel gives a raw tracepoint a cookie: the slot. Those with the skb in the same place share a program
 *   then, which the kernel verifies in 40 ms. Else each has one of its own.
 */
export function tracepointProbes(plan: TracepointPlan, hasCookies: boolean): SessionProbes {
  const slotted = plan.attach.filter(
    ({ name }) => name !== dropTracepoint && name !== endTracepoint,
  );
  const inSlots = slotted.slice(0, PWRU_SLOTS - 1);
  const links = inSlots.map((tracepoint, index) => slotLink(tracepoint, index + 1, hasCookies));
  const isEndSelected = plan.attach.some(({ name }) => name === endTracepoint);
  return {
    total: inSlots.length + 1 + (isEndSelected ? 1 : 0),
    programs: [...new Set(links.map(({ program }) => program)), endProgram, dropProgram],
    slotArguments: hasCookies
      ? undefined
      : Uint8Array.from({ length: PWRU_SLOTS }, (_, slot) => inSlots[slot - 1]?.argument ?? 0),
    hasReleaseHooks: false,
    isEndSilent: !isEndSelected,
    slotNames: new Map(inSlots.map(({ name }, index) => [index + 1, name])),
    functionNames: new Map(),
    refused: [
      ...plan.refused,
      ...slotted.slice(PWRU_SLOTS - 1).map(({ name, module }) => ({
        name,
        module,
        reason: `a session has room for ${PWRU_SLOTS - 1} tracepoints`,
      })),
    ],
    attach: async (request) => {
      await attachDrop(request, 1);
      return attachAll(request, [
        ...links,
        {
          ...{ name: endTracepoint, program: endProgram, functions: isEndSelected ? 1 : 0 },
          cookie: undefined,
        },
      ]);
    },
  };
}

interface TracepointLink {
  readonly name: string;
  readonly program: string;
  readonly functions: number;
  readonly cookie: number | undefined;
}

function slotLink(
  { name, argument }: PlannedTracepoint,
  slot: number,
  hasCookies: boolean,
): TracepointLink {
  return hasCookies
    ? { name, program: `tracepoint${argument}`, functions: 1, cookie: slot }
    : { name, program: `slot${slot}`, functions: 1, cookie: undefined };
}

async function attachAll(
  request: ProbeAttachRequest,
  tracepoints: readonly TracepointLink[],
): Promise<RefusedProbe[]> {
  const refused: RefusedProbe[] = [];
  let done = 1;
  for (const { name, program, functions, cookie } of tracepoints) {
    if (request.signal.aborted) break;
    const fd = request.programFd(program);
    const link = await (cookie === undefined
      ? attachRawTracepoint(fd, name)
      : attachRawTracepointWithCookie(fd, name, BigInt(cookie)));
    if (link >= 0) request.links.add(link, functions);
    else refused.push({ name, module: '', reason: errnoName(-link) });
    done += functions;
    request.onProgress(done);
  }
  return refused;
}
