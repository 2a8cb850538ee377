import { readFileSync } from 'node:fs';
import { pwru } from '../../../../proto/gen/pwru.js';
import { AgentError } from '../../agents/agent-client.ts';
import { counted } from '../../events/accounting.ts';
import { listed } from '../../terminal/text.ts';
import type { AskableAgent } from '../askable-agent.ts';
import { bestBackend } from '../status.ts';
import { type Finding, failure, ok, warning } from './finding.ts';
import { remedyFor } from './remedies.ts';

/** Bits of capabilities(7), include/uapi/linux/capability.h. */
const SYS_ADMIN = 21;
const needed: ReadonlyArray<readonly [name: string, bit: number]> = [
  ['BPF', 39],
  ['PERFMON', 38],
  ['SYSLOG', 34],
  ['SYS_PTRACE', 19],
  ['DAC_READ_SEARCH', 2],
];
/** What CAP_SYS_ADMIN stands for. */
const inSysAdmin: ReadonlySet<string> = new Set(['BPF', 'PERFMON', 'SYSLOG']);

/** What an agent inside this program needs of this machine. */
export async function checkMachine(agent: AskableAgent): Promise<Finding[]> {
  const { neededLibraries } = await import('../../agents/local.ts');
  const libraries = neededLibraries().map(({ name, problem }) =>
    problem === undefined
      ? ok(name, 'is there')
      : failure(name, problem, { remedy: 'the package that the line names, or its like' }),
  );
  const findings = [checkPrivileges(readFileSync('/proc/self/status', 'latin1')), ...libraries];
  try {
    const local = await agent.open();
    try {
      return [...findings, ...checkKernel(await local.getInfo(), [])];
    } finally {
      await local.close();
    }
  } catch (thrown) {
    if (!(thrown instanceof AgentError)) throw thrown;
    return [...findings, failure('backend', thrown.message, { remedy: 'what is missing above' })];
  }
}

/** @param status text of /proc/PID/status, whose line `CapEff:\t000001ffffffffff` counts */
export function checkPrivileges(status: string): Finding {
  const effective = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0'}`);
  const has = (bit: number) => ((effective >> BigInt(bit)) & 1n) === 1n;
  const missing = needed.filter(
    ([name, bit]) => !has(bit) && !(inSysAdmin.has(name) && has(SYS_ADMIN)),
  );
  if (missing.length === 0)
    return ok('privileges', 'this process has the capabilities of an agent');
  const names = missing.map(([name]) => `CAP_${name}`).join(', ');
  return failure('privileges', `this process lacks ${names}`, { remedy: 'run it as root (sudo)' });
}

type BackendStatus = pwru.v1.BackendStatus.$Properties;

const { REFUSAL_CAUSE_KERNEL } = pwru.v1.RefusalCause;

/** The backend that probes every function at once: with others a trace sees less, or takes longer to attach. */
const goodBackend = 'kprobe.multi';

/** Kernels that have what a backend needs. */
const kernelFor: Readonly<Record<string, string>> = {
  'kprobe.multi': 'a kernel with CONFIG_FPROBE and CONFIG_KPROBES (Linux 5.18)',
  kprobe: 'a kernel with CONFIG_KPROBE_EVENTS (Linux 5.15)',
  tracepoint: 'a kernel with BPF and tracepoints',
};

/** What the kernel of a node has for tracing. @param nodes where it is; empty: here */
export function checkKernel(info: pwru.v1.GetInfoResponse, nodes: readonly string[]): Finding[] {
  return [checkBackends(info, nodes), ...info.features.map((each) => checkFeature(each, nodes))];
}

function checkBackends(info: pwru.v1.GetInfoResponse, nodes: readonly string[]): Finding {
  const best = bestBackend(info);
  const statuses = info.backends.flatMap(({ status }) => status ?? []);
  if (best === undefined) {
    const detail = `no backend works on ${info.kernelRelease} (${reasonsOf(statuses)})`;
    // The last needs least of a kernel: what it lacks has to come first.
    return failure('backend', detail, { nodes, remedy: remedyOf(statuses.slice(-1)) });
  }
  const name = best.status?.name ?? '';
  const what = name === 'tracepoint' ? 'tracepoint' : 'function';
  const detail = `${name} with ${counted(best.functions ?? 0, what)} on ${info.kernelRelease}`;
  if (name === goodBackend) return ok('backend', detail, { nodes });
  const better = statuses.slice(
    0,
    statuses.findIndex((status) => status.available),
  );
  return warning('backend', `${detail}; not used: ${reasonsOf(better)}`, {
    nodes,
    remedy: remedyOf(better),
  });
}

/** `kprobe.multi and kprobe: kernel.kptr_restrict is 2`: each reason once. */
function reasonsOf(statuses: readonly BackendStatus[]): string {
  const names = new Map<string, string[]>();
  for (const { name, reason } of statuses) {
    const known = names.get(reason ?? '') ?? [];
    names.set(reason ?? '', [...known, name ?? '']);
  }
  return [...names].map(([reason, those]) => `${listed(those)}: ${reason}`).join('; ');
}

/** What makes the best of them work, and what each of the others wants if that is another thing. */
function remedyOf(statuses: readonly BackendStatus[]): string {
  const known = statuses.flatMap(({ name, cause }) => {
    const remedy = remedyFor(cause);
    const kernel = cause === REFUSAL_CAUSE_KERNEL ? kernelFor[name ?? ''] : undefined;
    return remedy ?? kernel ?? [];
  });
  return [...new Set(known)].join('; or, for less, ');
}

function checkFeature(feature: pwru.v1.Feature.$Properties, nodes: readonly string[]): Finding {
  const name = feature.name ?? '';
  if (feature.available === true) return ok(name, 'the kernel has it', { nodes });
  const reason = feature.reason ?? '';
  // Without its types nothing of the kernel can be read.
  return name === 'BTF'
    ? failure(name, reason, { nodes, remedy: 'a kernel with CONFIG_DEBUG_INFO_BTF' })
    : warning(name, reason, { nodes, remedy: remedyFor(feature.cause) ?? 'a newer kernel' });
}
