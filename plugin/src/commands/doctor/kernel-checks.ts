import { pwru } from '../../../../proto/gen/pwru.js';
import { counted } from '../../accounting.ts';
import { listed } from '../listed.ts';
import { bestBackend } from '../node-report.ts';
import { type Finding, failure, ok, warning } from './finding.ts';
import { remedyFor } from './remedies.ts';

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
