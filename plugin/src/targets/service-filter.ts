import { filterCosts } from './peer.ts';
import type { PodSource } from './pod-source.ts';

/**
 * The ports of services that are traced with nothing said about packets: of the services, of their pods and of the nodes. What
 * they are when a session begins is the session's for good, since a filter cannot change; `changes` says what has changed since.
 */
export class ServiceFilter {
  readonly #sources: readonly PodSource[];
  readonly #most: number;
  #known: ReadonlySet<string>;

  /**
   * @param sources of which those that are services count
   * @param otherCost what the rest of the filter costs, see filterCosts
   */
  constructor(sources: readonly PodSource[], otherCost: number) {
    this.#sources = sources.filter((source) => source.service?.() !== undefined);
    this.#most = Math.floor((filterCosts.most - otherCost) / filterCosts.port);
    this.#known = new Set(this.#terms());
  }

  /** `tcp port 80`, `(tcp port 80 or tcp port 8080)`; undefined: all packets, since no port is known or they are too many. */
  get filterTerm(): string | undefined {
    const terms = this.#terms();
    if (terms.length === 0 || terms.length > this.#most) return undefined;
    return terms.length === 1 ? terms.join() : `(${terms.join(' or ')})`;
  }

  /** What is left out, or why nothing is. */
  notices(): string[] {
    const terms = this.#terms();
    if (terms.length === 0) return [];
    const all = 'all packets of its pods';
    return terms.length > this.#most
      ? [
          `${this.#text}: it has ${terms.length} ports, which a filter has no room for: ${all} are traced`,
        ]
      : [`${this.#text}: only what belongs to ${textOf(terms)}; --all-ports traces ${all}`];
  }

  /** What has come since it was last asked, as a sentence for the user. */
  changes(): string[] {
    const now = new Set(this.#terms());
    const come = [...now].filter((term) => !this.#known.has(term));
    const wasAll = this.#known.size === 0;
    this.#known = now;
    if (come.length === 0 || wasAll) return [];
    return [
      `${this.#text} has ${textOf(come)} too now: nodes that are traced already do not admit that; start the trace again to see it`,
    ];
  }

  get #text(): string {
    return this.#sources.map(({ text }) => text).join(', ');
  }

  /** None when a service has no ports, for then they are not known. */
  #terms(): string[] {
    const ports = this.#sources.map((source) => source.servedPorts?.() ?? []);
    if (ports.some((ofOne) => ofOne.length === 0)) return [];
    const all = ports.flat().map(({ port, protocol }) => `${protocol.toLowerCase()} port ${port}`);
    return [...new Set(all)];
  }
}

/** `tcp port 80, udp port 53` */
function textOf(terms: readonly string[]): string {
  return terms.join(', ');
}
