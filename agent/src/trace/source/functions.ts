import type { PlannedProbe, ProbePlan } from '../../core/probe/probe-plan.ts';
import {
  PWRU_COOKIE_ARGUMENT_SHIFT,
  PWRU_COOKIE_POINTER,
  PWRU_COOKIE_SILENT,
  PWRU_ROLE_FREE,
  PWRU_ROLE_NEUTRAL,
  PWRU_ROLE_RELEASE,
  PWRU_ROLE_TRACE,
} from '../../core/record/layout.ts';
import { attachKprobeMultiGroups } from '../../kernel/bpf/kprobe-multi.ts';
import { attachPerfKprobes } from '../../kernel/bpf/perf-kprobe.ts';
import type { ProbeGroup, ProbeTarget } from '../../kernel/bpf/probe-links.ts';
import type { ProbeSource } from './probe-source.ts';
import { dropSensor } from './sensors.ts';

/** How a backend that probes functions differs from the other one. */
const backends = {
  'kprobe.multi': { prefix: '', attach: attachKprobeMultiGroups },
  kprobe: { prefix: 'kprobe_', attach: attachPerfKprobes },
} as const;

/** Programs of their own have the many functions whose skb is one of the first arguments. */
const ownPrograms = [1, 2, 3];

/** All others share one, which tells them apart by their cookies. */
const sharedProgram = 'skb_other';

export type FunctionBackend = keyof typeof backends;

/** The programs that a session on this backend has at least. */
export function smallestPrograms(backend: FunctionBackend): readonly string[] {
  const { prefix } = backends[backend];
  return [`${prefix}skb1`, `${prefix}${sharedProgram}`, dropSensor.program];
}

/** Functions, and which of them end packets. */
export interface FunctionSource extends ProbeSource {
  readonly endHooks: readonly string[];
}

/** Roles that the shared program tells apart by its cookie (bpf/include/session.h, enum pwru_role). */
const cookieOfRole = {
  trace: PWRU_ROLE_TRACE,
  neutral: PWRU_ROLE_NEUTRAL,
  release: PWRU_ROLE_RELEASE,
  free: PWRU_ROLE_FREE,
} as const;

/**
 * Probes on functions.
 * @param identity functions that end packets: attached whether the user selected them or not, silently if not.
 */
export function functionSource(
  backend: FunctionBackend,
  plan: ProbePlan,
  identity: readonly PlannedProbe[],
): FunctionSource {
  const { prefix, attach } = backends[backend];
  const selected = new Set(plan.attach.map((probe) => probe.address));
  const silent = identity.filter((probe) => probe.role !== 'trace' && !selected.has(probe.address));
  const groups = new Map<string, ProbeTarget[]>();
  const put = (probe: PlannedProbe, isSilent: boolean) => {
    const program = `${prefix}${programOf(probe)}`;
    const group = groups.get(program) ?? [];
    groups.set(program, group);
    group.push(targetOf(probe, isSilent));
  };
  for (const probe of plan.attach) put(probe, false);
  for (const probe of silent) put(probe, true);
  return {
    total: plan.attach.length,
    programs: [...groups.keys()],
    endHooks: [...plan.attach, ...silent].filter(endsPackets).map(({ name }) => name),
    places: new Map(
      [...silent, ...plan.attach].map(({ address, name, module }) => [
        address,
        { name, module, tracepoint: false },
      ]),
    ),
    refused: plan.refused,
    attach: (request) =>
      attach(
        [...groups].map(
          ([program, targets]): ProbeGroup => ({ programFd: request.programFd(program), targets }),
        ),
        request,
      ),
  };
}

/** What any function needs, whichever it is. */
export function allFunctionPrograms(backend: FunctionBackend): readonly string[] {
  const { prefix } = backends[backend];
  return [...ownPrograms.map((argument) => `skb${argument}`), sharedProgram].map(
    (name) => `${prefix}${name}`,
  );
}

function programOf(probe: PlannedProbe): string {
  const isPlain = probe.role === 'trace' && probe.kind !== 'pointer-to-pointer';
  return isPlain && ownPrograms.includes(probe.argument) ? `skb${probe.argument}` : sharedProgram;
}

function endsPackets(probe: PlannedProbe): boolean {
  return probe.role === 'release' || probe.role === 'free';
}

function targetOf(probe: PlannedProbe, silent: boolean): ProbeTarget {
  const { name, module, address, argument } = probe;
  const flags =
    (silent ? PWRU_COOKIE_SILENT : 0) |
    (probe.kind === 'pointer-to-pointer' ? PWRU_COOKIE_POINTER : 0) |
    (argument << PWRU_COOKIE_ARGUMENT_SHIFT);
  return { name, module, address, silent, cookie: BigInt(cookieOfRole[probe.role] | flags) };
}
