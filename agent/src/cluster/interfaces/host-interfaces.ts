import { join } from 'node:path';
import type { NetworkNamespace } from '../../kernel/netns.ts';
import { type HostPaths, processPath } from '../host-paths.ts';
import { type InterfaceFacts, NetworkView } from './network-view.ts';

/** What is known of a sandbox when the node's ends of its pairs are looked for. */
export interface PairRequest {
  readonly netns: NetworkNamespace;
  /** Names that CNI told the runtime. */
  readonly nodeInterfaces: readonly string[];
  /** A process that should be in `netns`. */
  readonly pid: number | undefined;
}

/** ARPHRD_ETHER, include/uapi/linux/if_arp.h. */
const ethernet = 1;
/** An index that is not known is looked for this often; whoever asked asks again. */
const reReadMs = 200;
/** What may connect a namespace with another one and has no other use. A veth has no DEVTYPE. */
const pairKinds: ReadonlySet<string | undefined> = new Set([undefined, 'veth', 'netkit']);

/**
 * Finds the node's ends of a pod's veth or netkit pairs by reading only: entering a namespace (setns) takes CAP_SYS_ADMIN.
 *
 * Whatever is found here is traced as the pod's own, so nothing that carries more than this pod's packets may come in. Decided:
 * - Candidates are the names that CNI gave to the runtime without a sandbox (a bridge is among them, as a rule), and the other
 *   ends of the interfaces that a process of the sandbox sees in its own sysfs.
 * - Never a bridge (`bridge/`), hardware (`device`, physical or virtual), what stands on another interface (`lower_*`: vlan,
 *   macvlan, ipvlan, bond), or anything with a DEVTYPE of its own (vxlan, wlan, ...); only Ethernet, so no tunnel.
 * - Never the way out of the node (a default route): where a node is itself a container, that is the end of a pair as well, and
 *   may be the parent of macvlans.
 * - The two ends must name each other (`iflink`) wherever the inside can be seen. That keeps out the parent of a macvlan or
 *   ipvlan: it names itself. Where the inside cannot be seen (/proc/PID/root takes CAP_SYS_PTRACE, and no AppArmor profile), a
 *   name from CNI is enough if it is linked to something else.
 * - An interface that names itself is no pair for the second kind of candidates. The two ends of a pair can have the same index
 *   in their namespaces; then only the name from CNI tells them from two interfaces that have nothing to do with each other.
 * - A sysfs may show another namespace than it should, for instance where a node is itself a container: each interface is
 *   compared with the procfs of a process that is in the right one (NetworkView.confirms).
 * - An interface that two pods claim: see assignInterfaces.
 */
export class HostInterfaces {
  readonly #paths: HostPaths;
  readonly #node: NetworkView;
  readonly #nameByIndex = new Map<number, string>();
  #indexesReadMs = -Infinity;

  constructor(paths: HostPaths) {
    this.#paths = paths;
    this.#node = new NetworkView(
      join(paths.sys, 'class/net'),
      processPath(paths, paths.nodeProcess, 'net'),
    );
  }

  /** None when nothing can be seen or proved. */
  claims({ netns, nodeInterfaces, pid }: PairRequest): InterfaceClaim[] {
    const inside = pid === undefined ? undefined : this.#inside(netns, pid);
    const named = nodeInterfaces
      .flatMap((name) => this.#node.read(name) ?? [])
      .filter(
        (outer) =>
          inside?.some((inner) => arePair(inner, outer)) ??
          (isPairEnd(outer) && outer.link !== outer.index),
      )
      .map((outer): [InterfaceFacts, InterfaceClaim['source']] => [outer, 'cni']);
    const linked = (inside ?? [])
      .filter((inner) => inner.link !== inner.index)
      .flatMap((inner) => {
        const outer = this.#byIndex(inner.link);
        return outer !== undefined && arePair(inner, outer) ? outer : [];
      })
      .map((outer): [InterfaceFacts, InterfaceClaim['source']] => [outer, 'sandbox']);
    const claims = new Map<number, InterfaceClaim>();
    for (const [outer, source] of [...named, ...linked]) {
      if (claims.has(outer.index) || !this.#node.confirms(outer)) continue;
      if (this.#node.hasDefaultRoute(outer.name)) continue;
      claims.set(outer.index, { index: outer.index, source });
    }
    return [...claims.values()];
  }

  /** The interfaces of the namespace as its process sees them; undefined when that cannot be seen. */
  #inside(netns: NetworkNamespace, pid: number): InterfaceFacts[] | undefined {
    if (!netns.isAt(processPath(this.#paths, pid, 'ns/net'))) return undefined;
    const view = new NetworkView(
      processPath(this.#paths, pid, 'root/sys/class/net'),
      processPath(this.#paths, pid, 'net'),
    );
    try {
      const found = view.names().flatMap((name) => view.read(name) ?? []);
      // A virtual machine's monitor, for instance, is in the pod's network namespace and sees the node's sysfs.
      return found.every((facts) => view.confirms(facts)) ? found : undefined;
    } catch {
      return undefined;
    }
  }

  #byIndex(index: number): InterfaceFacts | undefined {
    const known = this.#known(index);
    if (known !== undefined) return known;
    this.#readIndexes();
    return this.#known(index);
  }

  #known(index: number): InterfaceFacts | undefined {
    const name = this.#nameByIndex.get(index);
    const facts = name === undefined ? undefined : this.#node.read(name);
    return facts?.index === index ? facts : undefined;
  }

  /** 10 us per interface, of which a node can have thousands: not for each of a hundred pods that come at once. */
  #readIndexes(): void {
    if (performance.now() - this.#indexesReadMs < reReadMs) return;
    this.#indexesReadMs = performance.now();
    this.#nameByIndex.clear();
    try {
      for (const name of this.#node.names()) {
        const index = this.#node.indexOf(name);
        if (index !== undefined) this.#nameByIndex.set(index, name);
      }
    } catch {
      // What is not there yet is looked for again with the next pod.
    }
  }
}

function isPairEnd(facts: InterfaceFacts): boolean {
  const { isBridge, isStacked, hasDevice, kind, hardwareType } = facts;
  if (isBridge || isStacked || hasDevice || !pairKinds.has(kind)) return false;
  return kind === 'netkit' || hardwareType === ethernet;
}

function arePair(inner: InterfaceFacts, outer: InterfaceFacts): boolean {
  return (
    isPairEnd(inner) && isPairEnd(outer) && inner.link === outer.index && outer.link === inner.index
  );
}

/** One pod's claim on an interface of the node. */
export interface InterfaceClaim {
  readonly index: number;
  /** Who says so: what CNI told the runtime when it made the sandbox, or what the sandbox's own sysfs shows. */
  readonly source: 'cni' | 'sandbox';
}

/**
 * Gives each interface to at most one pod. What CNI said goes first; a pod with CAP_SYS_ADMIN could make its sysfs, and the
 * index of one of its pairs, look as if another pod's interface were its own. An interface that is claimed twice on equal terms
 * goes to nobody: better to miss packets than to show those of another pod.
 * @param claims by anything that stands for a pod
 */
export function assignInterfaces<Pod>(
  claims: ReadonlyMap<Pod, readonly InterfaceClaim[]>,
): Map<Pod, number[]> {
  const claimants = new Map<number, Map<InterfaceClaim['source'], Pod[]>>();
  for (const [pod, ofPod] of claims) {
    for (const { index, source } of ofPod) {
      const bySource = claimants.get(index) ?? new Map<InterfaceClaim['source'], Pod[]>();
      claimants.set(index, bySource);
      bySource.set(source, [...(bySource.get(source) ?? []), pod]);
    }
  }
  const assigned = new Map<Pod, number[]>([...claims.keys()].map((pod) => [pod, []]));
  for (const [index, bySource] of claimants) {
    const [pod, ...others] = bySource.get('cni') ?? bySource.get('sandbox') ?? [];
    if (pod !== undefined && others.length === 0) assigned.get(pod)?.push(index);
  }
  return assigned;
}
