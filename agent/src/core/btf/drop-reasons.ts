import type { Btf } from './btf.ts';
import { findEnums } from './btf-features.ts';

const CORE_ENUM = 'skb_drop_reason';
const SUBSYSTEM_ENUM = 'skb_drop_reason_subsys';
const PREFIX = 'SKB_DROP_REASON_';
const SUBSYSTEM_PREFIX = 'SKB_DROP_REASON_SUBSYS_';
/** Enumerators that bound or mask and are never a reason. */
const markers = new Set(['SKB_DROP_REASON_MAX', 'SKB_DROP_REASON_SUBSYS_MASK']);
/** Enums of subsystem reasons: mac80211_drop_reason, ovs_drop_reason. */
const subsystemReasonEnum = /drop_reasons?$/;

/**
 * Names of the running kernel's drop reasons (include/net/dropreason-core.h, dropreason.h; Linux 5.17 and newer).
 * A value holds the subsystem in its high 16 bits (0: core) from Linux 6.4 on.
 */
export class DropReasons {
  readonly #names = new Map<number, string>();
  readonly #subsystems = new Map<number, string>();

  /** Reads the enums of vmlinux and of modules (a subsystem built as a module has its enum there). */
  constructor(objects: readonly Btf[]) {
    for (const btf of objects) this.#addSubsystems(btf);
    for (const btf of objects) this.#addReasons(btf);
  }

  /**
   * Name without the SKB_DROP_REASON_ prefix; the decimal value when the kernel's BTF has no name for it; empty for 0
   * without a name: the kernel gives no reasons.
   */
  nameOf(value: number): string {
    return this.#names.get(value >>> 0) ?? (value === 0 ? '' : String(value >>> 0));
  }

  has(value: number): boolean {
    return this.#names.has(value >>> 0);
  }

  /** Every named reason, by value. */
  get names(): ReadonlyMap<number, string> {
    return this.#names;
  }

  /** Subsystem number (high 16 bits of a value) to name without its prefix, for instance 2: OPENVSWITCH. */
  get subsystems(): ReadonlyMap<number, string> {
    return this.#subsystems;
  }

  #addSubsystems(btf: Btf): void {
    for (const { values } of findEnums(btf, (name) => name === SUBSYSTEM_ENUM)) {
      for (const { name, value } of values) {
        if (name !== 'SKB_DROP_REASON_SUBSYS_NUM')
          this.#subsystems.set(value, withoutPrefix(name, SUBSYSTEM_PREFIX));
      }
    }
  }

  #addReasons(btf: Btf): void {
    for (const found of findEnums(btf, (name) => subsystemReasonEnum.test(name))) {
      const core = found.name === CORE_ENUM;
      for (const { name, value } of found.values) {
        if (core ? markers.has(name) : !this.#isSubsystemReason(name, value)) continue;
        if (!this.#names.has(value)) this.#names.set(value, withoutPrefix(name, PREFIX));
      }
    }
  }

  /**
   * Not every value of such an enum is a reason: mac80211 has each twice, once with underscores in front, and verdicts
   * that are no drops (RX_CONTINUE); openvswitch ends with OVS_DROP_MAX.
   */
  #isSubsystemReason(name: string, value: number): boolean {
    const subsystem = value >>> 16;
    const isMarker = name.startsWith('_') || name.endsWith('_MAX');
    return subsystem !== 0 && this.#subsystems.has(subsystem) && !isMarker;
  }
}

function withoutPrefix(name: string, prefix: string): string {
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}
