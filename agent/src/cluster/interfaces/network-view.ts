import { readdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { readForeignFile } from '../../kernel/read-foreign-file.ts';

/** A network interface as sysfs describes it (Documentation/ABI/testing/sysfs-class-net). */
export interface InterfaceFacts {
  readonly name: string;
  readonly index: number;
  /** Index of what it is linked to, in whatever namespace that is: the other end of a pair, or the device below; else its own. */
  readonly link: number;
  /** ARPHRD_*, include/uapi/linux/if_arp.h. */
  readonly hardwareType: number;
  /** DEVTYPE: "bridge", "vlan", "macvlan", "vxlan", "netkit", ...; a veth has none. */
  readonly kind: string | undefined;
  readonly isBridge: boolean;
  /** It stands on another interface of its namespace: vlan, macvlan, ipvlan, bond, team, ... */
  readonly isStacked: boolean;
  /** It stands for hardware, or for what a hypervisor calls that. */
  readonly hasDevice: boolean;
}

/** SYSFS_MAGIC, include/uapi/linux/magic.h. */
const sysfsMagic = 0x62656572;
const maxInterfaces = 4096;

/**
 * The interfaces of one network namespace, read without entering it: from a sysfs that was mounted in it, and from the procfs
 * of a process that is in it. A sysfs shows the namespace of whoever mounted it, which need not be the one that is meant:
 * `confirms` compares the two.
 */
export class NetworkView {
  readonly #sysfs: string;
  readonly #procfs: string;

  /**
   * @param sysfs a folder "class/net"
   * @param procfs a folder "/proc/PID/net"
   */
  constructor(sysfs: string, procfs: string) {
    this.#sysfs = sysfs;
    this.#procfs = procfs;
  }

  /** Names of all interfaces. @throws when there is no such folder, it may not be read, or it is no sysfs */
  names(): string[] {
    if (statfsSync(this.#sysfs).type !== sysfsMagic) throw new Error(`${this.#sysfs} is no sysfs`);
    return readdirSync(this.#sysfs).slice(0, maxInterfaces);
  }

  /** @returns undefined when there is no such interface (any more) */
  indexOf(name: string): number | undefined {
    try {
      return number(join(this.#sysfs, name, 'ifindex'));
    } catch {
      return undefined;
    }
  }

  /** @returns undefined when there is no such interface (any more) */
  read(name: string): InterfaceFacts | undefined {
    const folder = join(this.#sysfs, name);
    try {
      const files = readdirSync(folder);
      return {
        name,
        index: number(join(folder, 'ifindex')),
        link: number(join(folder, 'iflink')),
        hardwareType: number(join(folder, 'type')),
        kind: /^DEVTYPE=(.+)$/m.exec(readForeignFile(join(folder, 'uevent')))?.[1],
        isBridge: files.includes('bridge'),
        isStacked: files.some((file) => file.startsWith('lower_')),
        hasDevice: files.includes('device'),
      };
    } catch {
      return undefined;
    }
  }

  /**
   * Whether the namespace of the process has an interface with this name and index. Without IPv6 no file of procfs has the
   * indexes of all interfaces: then all names have to be the same.
   */
  confirms({ name, index }: InterfaceFacts): boolean {
    try {
      // "ifIndex                         \t7" and many counters.
      const text = readForeignFile(join(this.#procfs, 'dev_snmp6', name));
      return Number(/^ifIndex\s+(\d+)$/m.exec(text)?.[1]) === index;
    } catch {
      return this.#hasSameNames();
    }
  }

  /** Whether a default route of either family goes through the interface. */
  hasDefaultRoute(name: string): boolean {
    // "Iface Destination Gateway Flags RefCnt Use Metric Mask ...", in hexadecimal.
    const ipv4 = this.#lines('route').some(
      (fields) => fields[0] === name && fields[1] === '00000000' && fields[7] === '00000000',
    );
    // Destination and prefix length first, the interface last.
    const ipv6 = this.#lines('ipv6_route').some(
      (fields) => fields.at(-1) === name && fields[0] === '0'.repeat(32) && fields[1] === '00',
    );
    return ipv4 || ipv6;
  }

  #lines(file: string): string[][] {
    try {
      const text = readForeignFile(join(this.#procfs, file));
      return text.split('\n').map((line) => line.trim().split(/\s+/));
    } catch {
      // A kernel without that family.
      return [];
    }
  }

  #hasSameNames(): boolean {
    try {
      const names = new Set(this.names());
      const listed = readForeignFile(join(this.#procfs, 'dev')).matchAll(/^\s*([^\s:]+):/gm);
      const others = new Set([...listed].map((match) => match[1] ?? ''));
      return names.size === others.size && [...names].every((name) => others.has(name));
    } catch {
      return false;
    }
  }
}

function number(path: string): number {
  const value = Number(readForeignFile(path));
  if (!Number.isSafeInteger(value)) throw new Error(`${path} has no number`);
  return value;
}
