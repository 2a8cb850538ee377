import { WallClock } from '../events/clocks.ts';
import type { TracedSession } from '../events/consumer.ts';
import type { EventCursor } from '../events/cursor.ts';
import type { Dictionary, Name } from '../events/dictionary.ts';
import type { PacketEnd } from '../events/journeys.ts';
import type { PacketTimes } from '../events/packets.ts';
import { printableJson } from '../terminal/text.ts';
import { Fragment, TextBuffer } from '../terminal/text-buffer.ts';
import { EndpointNames, type NameLookup } from './endpoint-names.ts';
import { packetEndLine } from './json-end.ts';
import { JsonTimes, putPacket, putPlace, putTuple } from './json-packet.ts';
import type { EventRenderer, SessionRenderer } from './renderer.ts';

const sinceFirst = new Fragment('","sinceFirstNs":');
const sincePrevious = new Fragment(',"sincePreviousNs":');
const noSince = new Fragment('","sinceFirstNs":null,"sincePreviousNs":null');
const plainEnd = endOfLine('null', '');

/**
 * Newline-delimited JSON, one JsonEvent per event. Written as text, not by JSON.stringify, which would take several
 * times as long: names come quoted from the dictionary, and what else is text here has no character to quote. What a packet's
 * events have in common is put together and encoded once, not for each.
 */
export class JsonRenderer implements EventRenderer {
  readonly needs = 'times';
  readonly showsEnds: boolean;
  readonly #names: NameLookup | undefined;

  /**
   * @param names of addresses; undefined: none are looked up
   * @param showsEnds a JsonPacketEnd for each packet, too
   */
  constructor(names?: NameLookup, showsEnds = false) {
    this.#names = names;
    this.showsEnds = showsEnds;
  }

  start(): string {
    return '';
  }

  open(session: TracedSession): SessionRenderer {
    return new JsonSession(session, this.#names);
  }
}

class JsonSession implements SessionRenderer {
  readonly #dictionary: Dictionary;
  readonly #wallClock: WallClock;
  readonly #times: JsonTimes;
  readonly #packetTimes: PacketTimes;
  readonly #names: EndpointNames | undefined;
  /** Node and session, quoted, as they stand on a line. */
  readonly #origin: string;
  /** Of the dictionary when `place` and `packet` were made. */
  #revision = -1;
  /** Of the last event, from `node` to the name of `function`. */
  readonly #place = new TextBuffer();
  #placeBytes = this.#place.view();
  /** Of the last event, from `tuple` on, as below. */
  readonly #tuple = new TextBuffer();
  #tupleBytes = this.#tuple.view();
  /** Of the last event, from behind `function` to the end of a line without drop and stack, as nearly all are. */
  readonly #packet = new TextBuffer();
  #packetBytes = this.#packet.view();

  constructor({ node, started, dictionary, times }: TracedSession, names: NameLookup | undefined) {
    this.#dictionary = dictionary;
    this.#packetTimes = times;
    this.#wallClock = new WallClock(started.bootToWallNs);
    this.#times = new JsonTimes(this.#wallClock);
    this.#names = names && new EndpointNames(names, this.#wallClock);
    this.#origin = `${printableJson(node)},"session":${printableJson(started.sessionId)}`;
  }

  event(cursor: EventCursor, out: TextBuffer): void {
    const dictionary = this.#dictionary;
    if (this.#revision !== dictionary.revision || !cursor.repeatsPacket) this.#renew(cursor);
    this.#times.put(out, cursor);
    if ((cursor.packetIdHigh | cursor.packetIdLow) === 0) {
      out.fragment(noSince);
    } else {
      out.fragment(sinceFirst);
      out.decimal(this.#packetTimes.sinceFirstNs);
      out.fragment(sincePrevious);
      out.decimal(this.#packetTimes.sincePreviousNs);
    }
    out.bytes(this.#placeBytes);
    out.fragment(dictionary.function(cursor.functionId).jsonFragment);
    out.bytes(this.#packetBytes);
    if (cursor.dropReasonId !== 0 || cursor.stackLocationIds.length !== 0) {
      // They stand in place of the end that was copied with the packet.
      out.cut(plainEnd.length);
      out.text(endText(cursor, dictionary));
    }
  }

  packetEnded(end: PacketEnd, out: TextBuffer): void {
    out.text(
      packetEndLine(end, {
        origin: this.#origin,
        dictionary: this.#dictionary,
        clock: this.#wallClock,
      }),
    );
  }

  /** An event that is not as the one before still has most of it: another length, another interface. */
  #renew(cursor: EventCursor): void {
    const isFirst = this.#revision < 0;
    this.#revision = this.#dictionary.revision;
    if (isFirst || !cursor.repeatsIdentity) {
      this.#place.clear();
      putPlace(this.#place, cursor, this.#origin);
      this.#placeBytes = this.#place.view();
    }
    // Names of addresses may be others now.
    if (isFirst || this.#names !== undefined || !cursor.repeatsTuple) {
      this.#tuple.clear();
      putTuple(this.#tuple, cursor, this.#names);
      this.#tuple.text(plainEnd);
      this.#tupleBytes = this.#tuple.view();
    }
    this.#packet.clear();
    putPacket(this.#packet, cursor, this.#dictionary);
    this.#packet.bytes(this.#tupleBytes);
    this.#packetBytes = this.#packet.view();
  }
}

function jsonOf(name: Name | undefined): string {
  return name?.json ?? 'null';
}

function endOfLine(drop: string, stack: string): string {
  return `,"drop":${drop},"stack":[${stack}]}\n`;
}

function endText(cursor: EventCursor, dictionary: Dictionary): string {
  const stack = cursor.stackLocationIds.map((id) => jsonOf(dictionary.codeLocation(id)));
  return endOfLine(drop(cursor, dictionary), stack.join(','));
}

function drop(cursor: EventCursor, dictionary: Dictionary): string {
  const reason = dictionary.dropReason(cursor.dropReasonId);
  if (reason === undefined) return 'null';
  const location = jsonOf(dictionary.codeLocation(cursor.dropLocationId));
  const meaning = dictionary.dropMeaning(cursor.dropReasonId).json;
  return `{"reason":${reason.json},"location":${location},${meaning}}`;
}
