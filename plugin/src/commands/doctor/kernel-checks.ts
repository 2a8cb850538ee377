import type { pwru } from '../../../../proto/gen/pwru.js';
import { counted } from '../../accounting.ts';
import { bestBackend } from '../node-report.ts';
import { type Finding, failure, ok, warning } from './finding.ts';

/** Backends that probe every function at once; with others a trace sees less, or takes longer to attach. */
const goodBackends: ReadonlySet<string> = new Set(['fentry.multi', 'kprobe.multi']);

/** What the kernel of a node has for tracing. @param nodes where it is; empty: here */
export function checkKernel(info: pwru.v1.GetInfoResponse, nodes: readonly string[]): Finding[] {
  return [checkBackends(info, nodes), ...info.features.map((each) => checkFeature(each, nodes))];
}

function checkBackends(info: pwru.v1.GetInfoResponse, nodes: readonly string[]): Finding {
  const best = bestBackend(info);
  if (best === undefined) {
    const reasons = info.backends.map(({ status }) => `${status?.name}: ${status?.reason}`);
    return failure('backend', `no backend works on ${info.kernelRelease} (${reasons.join('; ')})`, {
      nodes,
      remedy: 'the privileges that the agent was not given, or a kernel with BPF and tracepoints',
    });
  }
  const name = best.status?.name ?? '';
  const what = name === 'tracepoint' ? 'tracepoint' : 'function';
  const detail = `${name} with ${counted(best.functions ?? 0, what)} on ${info.kernelRelease}`;
  if (goodBackends.has(name)) return ok('backend', detail, { nodes });
  const missing = info.backends.find(({ status }) => status?.name === 'kprobe.multi')?.status;
  const refusal = /\b(CAP_\w+|EPERM|EACCES)\b/.exec(missing?.reason ?? '')?.[0];
  // `kubectl pwru status` and each trace have the whole reason; here it has to fit on a line with what helps.
  return refusal === undefined
    ? warning('backend', `${detail}, no kprobe.multi`, {
        nodes,
        remedy: 'a kernel with CONFIG_FPROBE and CONFIG_KPROBES (Linux 5.18)',
      })
    : warning('backend', `${detail}, no kprobe.multi (${refusal})`, {
        nodes,
        remedy: 'more privileges, or a kernel that is not locked down',
      });
}

function checkFeature(feature: pwru.v1.Feature.$Properties, nodes: readonly string[]): Finding {
  const name = feature.name ?? '';
  if (feature.available === true) return ok(name, 'the kernel has it', { nodes });
  const reason = feature.reason ?? '';
  // Without its types nothing of the kernel can be read.
  return name === 'BTF'
    ? failure(name, reason, { nodes, remedy: 'a kernel with CONFIG_DEBUG_INFO_BTF' })
    : warning(name, reason, { nodes, remedy: 'a newer kernel' });
}
