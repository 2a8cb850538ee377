import type { CpuVariables } from '../../core/btf/cpu-variables.ts';
import type { FilterPlan } from '../../core/filter/filter-plan.ts';
import { CONFIG } from '../../core/record/layout.ts';

/** struct pwru_config in the field's own words. */
export interface SessionConfig {
  readonly anyNetns: boolean;
  readonly pods: boolean;
  readonly filter:
    | Pick<FilterPlan, 'usesLinkAddresses' | 'usesLength' | 'readsFarInIpv4' | 'wantsVlanTag'>
    | undefined;
  readonly mark: { readonly value: number; readonly mask: number } | undefined;
  readonly interfaceName: string | undefined;
  readonly track: boolean;
  readonly stack: boolean;
  /** The kernel has bpf_get_func_ip (5.15). */
  readonly hasFunctionAddress: boolean;
  readonly releaseHooks: boolean;
  readonly silentEnd: boolean;
  /** Packets are judged by how they end: undefined, or whether messages of local sockets count, too. */
  readonly drops: { readonly nonPackets: boolean } | undefined;
  /** Every end of a known packet is reported; so it is with `drops`. */
  readonly ends: boolean;
  /** skb:kfree_skb names the receiving socket (Linux 6.11). */
  readonly dropNamesSocket: boolean;
  /** Later fragments have the packet id of their first one, and are admitted with it. */
  readonly fragments: boolean;
  /** Answers to followed packets whose addresses were translated are the session's. */
  readonly answers: boolean;
  /** By which an interrupted task is told from one that runs, on x86-64; undefined: not known. */
  readonly cpuVariables: CpuVariables | undefined;
}

/** The bytes of .rodata.config. */
export function encodeConfig(config: SessionConfig): Uint8Array {
  const bytes = Buffer.alloc(CONFIG.SIZE);
  const flag = (field: { readonly offset: number }, value: boolean) =>
    bytes.writeUInt8(value ? 1 : 0, field.offset);
  putInterfaceName(bytes, config.interfaceName ?? '');
  const mask = config.mark?.mask ?? 0;
  bytes.writeUInt32LE(((config.mark?.value ?? 0) & mask) >>> 0, CONFIG.mark_value.offset);
  bytes.writeUInt32LE(mask, CONFIG.mark_mask.offset);
  bytes.writeInt32LE(config.cpuVariables?.preemptCountAt ?? 0, CONFIG.preempt_count_at.offset);
  bytes.writeInt32LE(config.cpuVariables?.currentTaskAt ?? 0, CONFIG.current_task_at.offset);
  flag(CONFIG.any_netns, config.anyNetns);
  flag(CONFIG.pods, config.pods);
  flag(CONFIG.has_filter, config.filter !== undefined);
  flag(CONFIG.filter_addresses, config.filter?.usesLinkAddresses ?? false);
  flag(CONFIG.filter_length, config.filter?.usesLength ?? false);
  flag(CONFIG.filter_far, config.filter?.readsFarInIpv4 ?? false);
  flag(CONFIG.filter_vlan, config.filter?.wantsVlanTag ?? false);
  flag(CONFIG.track, config.track);
  flag(CONFIG.keeps_place, !config.track && !config.anyNetns);
  flag(CONFIG.stack, config.stack);
  flag(CONFIG.func_ip, config.hasFunctionAddress);
  flag(CONFIG.release_hooks, config.releaseHooks);
  flag(CONFIG.silent_end, config.silentEnd);
  flag(CONFIG.drops, config.drops !== undefined);
  flag(CONFIG.ends, config.ends || config.drops !== undefined);
  flag(CONFIG.clones, config.track || config.drops !== undefined);
  flag(CONFIG.non_packets, config.drops?.nonPackets ?? false);
  flag(CONFIG.drop_socket, config.dropNamesSocket);
  flag(CONFIG.fragments, config.fragments);
  flag(CONFIG.answers, config.answers);
  return bytes;
}

/**
 * The name, and a mask of its bytes and the NUL behind them. dev_change_name() (net/core/dev.c) copies a new name without
 * clearing what a longer one before it left behind the NUL.
 */
function putInterfaceName(bytes: Buffer, name: string): void {
  const { ifname, ifname_mask } = CONFIG;
  const written = bytes.write(name, ifname.offset, ifname.size, 'utf8');
  bytes.fill(0xff, ifname_mask.offset, ifname_mask.offset + Math.min(written + 1, ifname.size));
}
