import Long from 'long';
import type { pwru } from '../../../proto/gen/pwru.js';
import { WallClock } from '../events/clocks.ts';
import type { EventConsumer, SessionConsumer, TracedSession } from '../events/consumer.ts';
import type { EventCursor } from '../events/cursor.ts';
import type { Dictionary } from '../events/dictionary.ts';
import { formatIpv4, formatIpv6 } from '../events/ip-address.ts';
import { printable } from '../terminal/text.ts';

/** A node gave packets for an address to one of its network interfaces. */
export interface Departure {
  readonly node: string;
  readonly interfaceName: string;
  /** Text of the packets' destination. */
  readonly address: string;
  /** The same: 4 or 16 bytes. */
  readonly bytes: Uint8Array;
  /** Of the last of them, milliseconds since 1970, by the node's clock. */
  wallTimeMs: number;
}

/** In which the kernel gives a packet to a device: net/core/dev.c, dev_hard_start_xmit(); a tracepoint, and a function. */
const transmitFunctions: ReadonlySet<string> = new Set([
  'net_dev_start_xmit',
  'dev_hard_start_xmit',
]);
/** Packets of a node may go to any number of addresses. */
export const MAX_DEPARTURES = 1_000;

/** By which interfaces of their nodes the packets of a trace left, and for where. */
export class Departures implements EventConsumer {
  readonly needs = 'events';
  readonly hearsOfEnds = false;
  readonly #all = new Map<string, Departure>();
  #isIncomplete = false;

  /** There may be others, which were not kept. */
  get isFull(): boolean {
    return this.#isIncomplete || this.#all.size >= MAX_DEPARTURES;
  }

  get all(): Iterable<Departure> {
    return this.#all.values();
  }

  /** What the agent of a node says at the end of packets whose events it held back. */
  takeHeld(node: string, bootToWallNs: Long, summary: pwru.v1.ISummary): void {
    this.#isIncomplete ||= summary.departuresIncomplete === true;
    const wallClock = new WallClock(bootToWallNs);
    for (const departure of summary.departures ?? []) {
      const { destination: bytes, lastBootTimeNs } = departure;
      if (bytes?.length !== 4 && bytes?.length !== 16) continue;
      const last = Long.fromValue(lastBootTimeNs ?? 0);
      const wallTimeMs = wallClock.milliseconds(
        last.getHighBitsUnsigned(),
        last.getLowBitsUnsigned(),
      );
      const interfaceName = `${printable(departure.interfaceName ?? '')}:${departure.interfaceIndex ?? 0}`;
      const address = (bytes.length === 4 ? formatIpv4 : formatIpv6)(bytes, 0);
      if (this.#all.size >= MAX_DEPARTURES) return;
      const key = keyOf(node, interfaceName, address);
      this.#all.set(key, { node, interfaceName, address, bytes, wallTimeMs });
    }
  }

  open(session: TracedSession): SessionConsumer {
    return new WatchedSession(session, this.#all);
  }
}

class WatchedSession implements SessionConsumer {
  readonly #node: string;
  readonly #dictionary: Dictionary;
  readonly #wallClock: WallClock;
  readonly #departures: Map<string, Departure>;
  /** By id: whether packets are given to a device there. */
  readonly #isTransmit = new Map<number, boolean>();

  constructor({ node, started, dictionary }: TracedSession, departures: Map<string, Departure>) {
    this.#node = node;
    this.#dictionary = dictionary;
    this.#wallClock = new WallClock(started.bootToWallNs);
    this.#departures = departures;
  }

  event(cursor: EventCursor): void {
    const isTransmit = this.#isTransmit.get(cursor.functionId) ?? this.#learn(cursor.functionId);
    if (isTransmit && this.#dictionary.isNodeNetns(cursor.netnsInode)) this.#see(cursor);
  }

  #learn(functionId: number): boolean {
    const isTransmit = transmitFunctions.has(this.#dictionary.function(functionId).label);
    this.#isTransmit.set(functionId, isTransmit);
    return isTransmit;
  }

  #see(event: EventCursor): void {
    const { destinationAddressStart: start, destinationAddressLength: lengthBytes } = event;
    if (lengthBytes === 0) return;
    const format = lengthBytes === 4 ? formatIpv4 : formatIpv6;
    const address = format(event.bytes, start);
    const wallTimeMs = this.#wallClock.milliseconds(event.bootTimeNsHigh, event.bootTimeNsLow);
    const interfaceName = this.#dictionary.interface(event.interfaceId)?.label ?? 'no interface';
    const key = keyOf(this.#node, interfaceName, address);
    const known = this.#departures.get(key);
    if (known !== undefined) {
      known.wallTimeMs = wallTimeMs;
      return;
    }
    if (this.#departures.size >= MAX_DEPARTURES) return;
    const bytes = event.bytes.slice(start, start + lengthBytes);
    const departure = { node: this.#node, address, wallTimeMs, interfaceName, bytes };
    this.#departures.set(key, departure);
  }
}

function keyOf(node: string, interfaceName: string, address: string): string {
  return `${node} ${interfaceName} ${address}`;
}
