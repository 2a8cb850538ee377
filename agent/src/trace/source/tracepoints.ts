import type { PlannedTracepoint, TracepointPlan } from '../../core/probe/probe-plan.ts';
import { PWRU_SLOTS } from '../../core/record/layout.ts';
import type { RefusedProbe } from '../../kernel/bpf/probe-links.ts';
import { errnoName } from '../../native/errno.ts';
import { attachRawTracepoint, attachRawTracepointWithCookie } from '../../native/libbpf.ts';
import type { ProbeAttachRequest, ProbeSource } from './probe-source.ts';
import { dropSensor, endSensor } from './sensors.ts';

/** Programs of bpf/slots.bpf.c that no other object has. */
export function isSlotProgram(name: string): boolean {
  return name.startsWith('slot');
}

/** Programs of bpf/tracepoints.bpf.c that no other object has. */
export function isTracepointProgram(name: string): boolean {
  return name.startsWith('tracepoint');
}

/** The programs that a session by tracepoints has at least. @param hasCookies as of TracepointOptions */
export function smallestTracepointPrograms(hasCookies: boolean): readonly string[] {
  return [hasCookies ? programAt(1) : 'slot1', endSensor.program, dropSensor.program];
}

/** Positions of the skb among a tracepoint's arguments for which there is a program. */
const positions = [1, 2, 3, 4, 5];

/** What any tracepoint needs, whichever it is, where the kernel has cookies. */
export const allTracepointPrograms: readonly string[] = positions.map(programAt);

/** Tracepoints, and what their programs are told when they are loaded. */
export interface TracepointSource extends ProbeSource {
  /** Argument position by slot, where the kernel has no cookies. */
  readonly slotArguments: Uint8Array | undefined;
  /** The next tracepoints may have slots from here on. */
  readonly nextSlot: number;
}

export interface TracepointOptions {
  /**
   * The kernel gives a raw tracepoint a cookie: the slot. Those with the skb in the same place share a program then, which the
   * kernel verifies in 40 ms. Else each has one of its own.
   */
  readonly hasCookies: boolean;
  /** Default 1. */
  readonly firstSlot?: number;
}

/**
 * Probes on raw tracepoints, each of which has a slot: a number by which its hits are told from others'.
 * @param plan those that the user selected; what has a sensor is left out.
 */
export function tracepointSource(
  plan: TracepointPlan,
  { hasCookies, firstSlot = 1 }: TracepointOptions,
): TracepointSource {
  const slotted = plan.attach.filter(({ name }) => !sensorTracepoints.has(name));
  const inSlots = slotted.slice(0, PWRU_SLOTS - firstSlot);
  const links = inSlots.map((tracepoint, index) =>
    slotLink(tracepoint, firstSlot + index, hasCookies),
  );
  return {
    total: links.length,
    programs: [...new Set(links.map(({ program }) => program))],
    slotArguments: hasCookies
      ? undefined
      : Uint8Array.from({ length: PWRU_SLOTS }, (_, slot) => inSlots[slot - 1]?.argument ?? 0),
    nextSlot: firstSlot + links.length,
    places: new Map(
      links.map(({ slot, name, module }) => [BigInt(slot), { name, module, tracepoint: true }]),
    ),
    refused: [
      ...plan.refused,
      ...slotted.slice(inSlots.length).map(({ name, module }) => ({
        name,
        module,
        reason: `a session has room for ${PWRU_SLOTS - 1} tracepoints`,
      })),
    ],
    attach: (request) => attachAll(request, links, hasCookies),
  };
}

const sensorTracepoints = new Set([dropSensor.tracepoint, endSensor.tracepoint]);

interface TracepointLink {
  readonly name: string;
  readonly module: string;
  readonly program: string;
  readonly slot: number;
}

function slotLink(
  { name, module, argument }: PlannedTracepoint,
  slot: number,
  hasCookies: boolean,
): TracepointLink {
  return { name, module, program: hasCookies ? programAt(argument) : `slot${slot}`, slot };
}

function programAt(position: number): string {
  return `tracepoint${position}`;
}

async function attachAll(
  request: ProbeAttachRequest,
  tracepoints: readonly TracepointLink[],
  hasCookies: boolean,
): Promise<RefusedProbe[]> {
  const refused: RefusedProbe[] = [];
  for (const [index, { name, module, program, slot }] of tracepoints.entries()) {
    if (request.signal.aborted) break;
    const fd = request.programFd(program);
    const link = await (hasCookies
      ? attachRawTracepointWithCookie(fd, name, BigInt(slot))
      : attachRawTracepoint(fd, name));
    if (link >= 0) request.links.add(link, 1);
    else refused.push({ name, module, reason: errnoName(-link) });
    request.onProgress(index + 1);
  }
  return refused;
}
