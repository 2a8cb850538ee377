import type { PeerOption } from '../cli/cluster-scope.ts';
import { targetText } from '../cli/cluster-target.ts';
import { exitCodes } from '../exit-code.ts';
import { openSource } from './open-source.ts';
import {
  isFinished,
  type PodSource,
  podAddresses,
  type SourceContext,
  TargetError,
} from './pod-source.ts';
import { hostPorts, portText, type ReachedPort } from './service-ports.ts';

/** In about that many words the agents refuse a filter, since libpcap would take too long for it. */
const MAX_ADDRESSES = 96;

/** By its estimate of instructions for an address and for a port, each with its words. */
export const filterCosts = { address: 55, port: 165, most: 5_400 } as const;

const directions = { from: 'src', to: 'dst' } as const;

/**
 * The other end of the packets' way: --from or --to, as addresses. What it stands at when a session begins is the session's
 * for good, since a filter cannot change; Peer says what has changed since.
 */
export class Peer {
  /** `--to svc/web` */
  readonly text: string;
  readonly flag: PeerOption['flag'];
  readonly #source: PodSource;
  /** At the last `changes`. */
  #known: ReadonlySet<string> = new Set();
  /** The last that were not none. */
  #lastAddresses: readonly string[] = [];

  private constructor(parts: { text: string; flag: PeerOption['flag']; source: PodSource }) {
    this.text = parts.text;
    this.flag = parts.flag;
    this.#source = parts.source;
  }

  /** @throws KubeError @throws TargetError when it has no address, or too many */
  static async open(context: SourceContext, option: PeerOption): Promise<Peer> {
    const { flag, target } = option;
    const source = await openSource(context, target);
    const peer = new Peer({ text: `--${flag} ${targetText(target)}`, flag, source });
    peer.#check();
    peer.changes();
    return peer;
  }

  /** The pods of this end, to be traced as well: not all that they do. */
  get podSource(): PodSource {
    const source = this.#source;
    return {
      ...{ text: source.text, followsNames: source.followsNames, maybeIdle: source.maybeIdle },
      ...{ newController: source.newController, gone: source.gone },
      pods: () => source.pods(),
      addresses: () => [],
      ports: () => [],
      addressesOnly: true,
    };
  }

  /** Of its pods that run, and of the service or node itself. */
  addresses(): readonly string[] {
    const ofPods = this.#source
      .pods()
      .filter((pod) => !isFinished(pod))
      .flatMap(podAddresses);
    return [...new Set([...this.#source.addresses(), ...ofPods])].sort();
  }

  /** Nodes of its pods. */
  nodes(): readonly string[] {
    const pods = this.#source.pods().filter((pod) => !isFinished(pod));
    return [...new Set(pods.flatMap(({ spec }) => (spec?.nodeName ? [spec.nodeName] : [])))].sort();
  }

  /** Where it is reached beside, as far as a filter has room for it: of the service or of its pods. */
  ports(): readonly ReachedPort[] {
    return this.#hasRoom ? this.#allPorts() : [];
  }

  /** What the filter leaves out. */
  notices(): string[] {
    return this.#hasRoom
      ? []
      : [
          `${this.text}: what is sent to its ${this.#allPorts().map(portText).join(', ')} is shown from a node on that translates it: with its addresses a filter has no room for more`,
        ];
  }

  get #hasRoom(): boolean {
    return this.#costWith(this.#allPorts().length) <= filterCosts.most;
  }

  /** What its term costs, see filterCosts. */
  get cost(): number {
    return this.#costWith(this.ports().length);
  }

  #costWith(ports: number): number {
    return this.addresses().length * filterCosts.address + ports * filterCosts.port;
  }

  /** Health checks are no packets to it. */
  #allPorts(): readonly ReachedPort[] {
    const ofPods = this.#source.pods().filter((pod) => !isFinished(pod));
    return [...this.#source.ports(), ...ofPods.flatMap(hostPorts)].filter(
      ({ what }) => what !== 'health check',
    );
  }

  /**
   * A term of a pcap-filter(7) expression: `dst host (10.0.0.1 or fd00::1)`; of what there was last while there is none. With
   * ports `(dst host 10.0.0.1 or (dst host 203.0.113.7 and tcp dst port 80) or tcp dst port 30080)`: a node port is the
   * cluster's for one service, whichever node it is at.
   */
  get filterTerm(): string {
    const now = this.addresses();
    const addresses = now.length > 0 ? now : this.#lastAddresses;
    const hosts = addresses.length === 1 ? addresses[0] : `(${addresses.join(' or ')})`;
    const direction = directions[this.flag];
    const terms = [
      `${direction} host ${hosts}`,
      ...this.ports().map(({ address, port, protocol }) => {
        const term = `${protocol.toLowerCase()} ${direction} port ${port}`;
        return address === undefined ? term : `(${direction} host ${address} and ${term})`;
      }),
    ];
    const unique = [...new Set(terms)];
    return unique.length === 1 ? terms.join() : `(${unique.join(' or ')})`;
  }

  /** What has changed since it was last asked, as sentences for the user. */
  changes(): string[] {
    const now = new Set([...this.addresses(), ...this.ports().map(portText)]);
    const come = [...now].filter((address) => !this.#known.has(address));
    const gone = [...this.#known].filter((address) => !now.has(address));
    this.#known = now;
    const addresses = this.addresses();
    if (addresses.length > 0) this.#lastAddresses = addresses;
    return [
      ...(come.length === 0
        ? []
        : [
            `${this.text} is now at ${come.join(', ')} too: nodes that are traced already do not admit that; start the trace again to see it`,
          ]),
      ...(gone.length === 0
        ? []
        : [
            `${this.text} is no longer at ${gone.join(', ')}: nodes that are traced already still admit that, whoever has it`,
          ]),
    ];
  }

  #check(): void {
    const count = this.addresses().length;
    if (count === 0) {
      throw new TargetError(`error: Cannot use ${this.text}: it has no address now`);
    }
    if (count > MAX_ADDRESSES) {
      throw new TargetError(
        `error: Cannot use ${this.text}: it has ${count} addresses, at most ${MAX_ADDRESSES} make a filter; use a network such as 10.0.0.0/8`,
        exitCodes.USAGE,
      );
    }
  }
}
