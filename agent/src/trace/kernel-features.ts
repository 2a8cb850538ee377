import type { pwru } from '../../../proto/gen/pwru.js';
import type { Btf } from '../core/btf/btf.ts';
import {
  findEnums,
  hasEnumValue,
  hasFunction,
  tracepointArguments,
} from '../core/btf/btf-features.ts';
import { messageOf } from '../core/errors.ts';
import type { FunctionCatalogue } from '../kernel/function-catalogue.ts';

/** Features that a trace uses when the kernel has them: name, test, and why it is missing. */
const typeFeatures: ReadonlyArray<[string, (vmlinux: Btf) => boolean, string]> = [
  [
    'drop reasons',
    (vmlinux) => findEnums(vmlinux, (name) => name === 'skb_drop_reason').length > 0,
    'the kernel does not say why it drops packets (Linux 5.17)',
  ],
  ['bpf_get_func_ip', hasFunctionAddress, 'the kernel does not have it (Linux 5.15)'],
  ['bpf_rdonly_cast', hasReadOnlyCast, 'the kernel does not have it (Linux 6.2): a hit costs more'],
];

export function hasFunctionAddress(vmlinux: Btf): boolean {
  return hasEnumValue(vmlinux, 'bpf_func_id', 'BPF_FUNC_get_func_ip');
}

export function hasReadOnlyCast(vmlinux: Btf): boolean {
  return hasFunction(vmlinux, 'bpf_rdonly_cast');
}

/** Whether skb:kfree_skb has a fourth argument, the socket that the packet was for (include/trace/events/skb.h, Linux 6.11). */
export function dropNamesSocket(vmlinux: Btf): boolean {
  return tracepointArguments(vmlinux, 'kfree_skb') >= 4;
}

/** What this kernel has of what traces use; what cannot be found out is missing, with the reason. */
export async function kernelFeatures(
  catalogue: FunctionCatalogue,
): Promise<pwru.v1.Feature.$Properties[]> {
  let vmlinux: Btf;
  try {
    vmlinux = await catalogue.vmlinux();
  } catch (thrown) {
    return [{ name: 'BTF', available: false, reason: messageOf(thrown) }];
  }
  return [
    { name: 'BTF', available: true, reason: '' },
    ...typeFeatures.map(([name, isThere, reason]) => {
      const available = isThere(vmlinux);
      return { name, available, reason: available ? '' : reason };
    }),
  ];
}
