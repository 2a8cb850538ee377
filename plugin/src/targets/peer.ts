import { targetText } from '../args/cluster-target.ts';
import type { PeerOption } from '../args/peer.ts';
import { exitCodes } from '../exit-code.ts';
import { openSource } from './open-source.ts';
import type { PodSource, SourceContext } from './pod-source.ts';
import { isFinished, podAddresses } from './pod-target.ts';
import { TargetError } from './target-error.ts';

/** In about that many words the agents refuse a filter, since libpcap would take too long for it. */
const MAX_ADDRESSES = 96;

const directions = { from: 'src', to: 'dst' } as const;

/**
 * The other end of the packets' way: --from or --to, as addresses. What it stands at when a session begins is the session's
 * for good, since a filter cannot change; Peer says what has changed since.
 */
export class Peer {
  readonly option: PeerOption;
  readonly #source: PodSource;
  /** At the last `changes`. */
  #known: ReadonlySet<string> = new Set();
  /** The last that were not none. */
  #lastAddresses: readonly string[] = [];

  private constructor(option: PeerOption, source: PodSource) {
    this.option = option;
    this.#source = source;
  }

  /** @throws KubeError @throws TargetError when it has no address, or too many */
  static async open(context: SourceContext, option: PeerOption): Promise<Peer> {
    const peer = new Peer(option, await openSource(context, option.target));
    peer.#check();
    peer.changes();
    return peer;
  }

  /** `--to svc/web` */
  get text(): string {
    return `--${this.option.flag} ${targetText(this.option.target)}`;
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

  /** A term of a pcap-filter(7) expression: `dst host (10.0.0.1 or fd00::1)`; of what there was last while there is none. */
  get filterTerm(): string {
    const now = this.addresses();
    const addresses = now.length > 0 ? now : this.#lastAddresses;
    const hosts = addresses.length === 1 ? addresses[0] : `(${addresses.join(' or ')})`;
    return `${directions[this.option.flag]} host ${hosts}`;
  }

  /** What has changed since it was last asked, as sentences for the user. */
  changes(): string[] {
    const now = new Set(this.addresses());
    const come = [...now].filter((address) => !this.#known.has(address));
    const gone = [...this.#known].filter((address) => !now.has(address));
    this.#known = now;
    if (now.size > 0) this.#lastAddresses = [...now];
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
