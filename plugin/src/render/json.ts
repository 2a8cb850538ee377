import type { Dictionary } from '../dictionary.ts';
import type { EventCursor } from '../event-decoder.ts';
import type { Name } from '../name.ts';
import { PacketClock } from '../packet-clock.ts';
import { printableJson } from '../printable.ts';
import { WallClock } from '../wall-clock.ts';
import { EndpointNames, type NameLookup } from './endpoint-names.ts';
import type { EventRenderer, NodeRenderer, RenderedSession } from './event-renderer.ts';
import { hexAddress } from './hexadecimal.ts';
import { TextBuffer } from './text-buffer.ts';
import { destinationAddress, protocolName, sourceAddress, tcpFlags } from './tuple.ts';

const utf8 = new TextEncoder();
const begin = utf8.encode('{"type":"event","time":"');
const bootTime = utf8.encode('","bootTimeNs":"');
const sinceFirst = utf8.encode('","sinceFirstNs":');
const sincePrevious = utf8.encode(',"sincePreviousNs":');
const noTimes = utf8.encode('","sinceFirstNs":null,"sincePreviousNs":null');
const plainEnd = utf8.encode('null,"stack":[]}\n');

const tcpFlagLists = Array.from({ length: 256 }, (_, flags) => JSON.stringify(tcpFlags(flags)));

/**
 * Newline-delimited JSON, one JsonEvent per event. Written as text, not by JSON.stringify, which would take several
 * times as long: names come quoted from the dictionary, and what else is text here has no character to quote. What a packet's
 * events have in common is put together and encoded once, not for each.
 */
export class JsonRenderer implements EventRenderer {
  readonly #names: NameLookup | undefined;

  /** @param names of addresses; undefined: none are looked up */
  constructor(names?: NameLookup) {
    this.#names = names;
  }

  start(): string {
    return '';
  }

  open(session: RenderedSession): NodeRenderer {
    return new JsonSession(session, this.#names);
  }
}

class JsonSession implements NodeRenderer {
  readonly #dictionary: Dictionary;
  readonly #wallClock: WallClock;
  readonly #packetClock = new PacketClock();
  readonly #names: EndpointNames | undefined;
  /** Quoted. */
  readonly #node: string;
  /** Of the dictionary when `place` and `packet` were made. */
  #revision = -1;
  /** Of the last event, from `node` to the name of `function`. */
  readonly #place = new TextBuffer();
  #placeBytes = this.#place.view();
  /** Of the last event, from behind `function` to the name of `drop`. */
  readonly #packet = new TextBuffer();
  #packetBytes = this.#packet.view();

  constructor({ node, started, dictionary }: RenderedSession, names: NameLookup | undefined) {
    this.#dictionary = dictionary;
    this.#wallClock = new WallClock(started.bootToWallNs);
    this.#names = names && new EndpointNames(names, this.#wallClock);
    this.#node = printableJson(node);
  }

  event(cursor: EventCursor, out: TextBuffer): void {
    const dictionary = this.#dictionary;
    const packetClock = this.#packetClock;
    packetClock.advance(cursor);
    if (this.#revision !== dictionary.revision || !cursor.repeatsPacket) this.#renew(cursor);
    const { bootTimeNsHigh, bootTimeNsLow } = cursor;
    out.bytes(begin);
    this.#wallClock.put(out, bootTimeNsHigh, bootTimeNsLow);
    out.bytes(bootTime);
    if (bootTimeNsHigh < 2 ** 21) out.decimal(bootTimeNsHigh * 2 ** 32 + bootTimeNsLow);
    else out.text(decimal(bootTimeNsHigh, bootTimeNsLow));
    if ((cursor.packetIdHigh | cursor.packetIdLow) === 0) {
      out.bytes(noTimes);
    } else {
      out.bytes(sinceFirst);
      out.decimal(packetClock.sinceFirstNs);
      out.bytes(sincePrevious);
      out.decimal(packetClock.sincePreviousNs);
    }
    out.bytes(this.#placeBytes);
    out.bytes(dictionary.function(cursor.functionId).jsonBytes);
    out.bytes(this.#packetBytes);
    if (cursor.dropReasonId === 0 && cursor.stackLocationIds.length === 0) out.bytes(plainEnd);
    else out.text(endText(cursor, dictionary));
  }

  #renew(cursor: EventCursor): void {
    this.#revision = this.#dictionary.revision;
    this.#place.clear();
    this.#place.text(placeText(cursor, this.#node));
    this.#placeBytes = this.#place.view();
    this.#packet.clear();
    this.#packet.text(packetText(cursor, this.#dictionary, this.#names));
    this.#packetBytes = this.#packet.view();
  }
}

function placeText(cursor: EventCursor, node: string): string {
  return (
    `,"node":${node},"cpu":${cursor.cpu},` +
    `"skb":"${hexAddress(cursor.skbAddressHigh, cursor.skbAddressLow)}",` +
    `"packetId":"${decimal(cursor.packetIdHigh, cursor.packetIdLow)}","function":`
  );
}

function packetText(
  cursor: EventCursor,
  dictionary: Dictionary,
  names: EndpointNames | undefined,
): string {
  return (
    `,"process":${jsonOf(dictionary.process(cursor.processId))},` +
    `"netns":${jsonOf(dictionary.netns(cursor.netnsInode))},` +
    `"interface":${jsonOf(dictionary.interface(cursor.interfaceId))},` +
    `"mark":${cursor.mark},"etherType":${cursor.etherType},` +
    `"mtuBytes":${cursor.mtuBytes},"lengthBytes":${cursor.lengthBytes},` +
    `"vlan":${cursor.hasVlan ? vlan(cursor.vlanTci) : null},` +
    `"tuple":${cursor.ipVersion === 0 ? null : tuple(cursor, names)},"drop":`
  );
}

function jsonOf(name: Name | undefined): string {
  return name?.json ?? 'null';
}

function decimal(high: number, low: number): string {
  if (high < 2 ** 21) return String(high * 2 ** 32 + low);
  return ((BigInt(high) << 32n) | BigInt(low)).toString();
}

/** IEEE 802.1Q tag control information. */
function vlan(tci: number): string {
  return `{"id":${tci & 0xfff},"priority":${(tci >>> 13) & 7},"dropEligible":${(tci & 0x1000) !== 0}}`;
}

function tuple(cursor: EventCursor, names: EndpointNames | undefined): string {
  return (
    `{"ipVersion":${cursor.ipVersion},` +
    `"sourceAddress":"${sourceAddress(cursor)}","sourcePort":${cursor.sourcePort},` +
    `"destinationAddress":"${destinationAddress(cursor)}","destinationPort":${cursor.destinationPort},` +
    `"protocol":"${protocolName(cursor.ipProtocol)}","protocolNumber":${cursor.ipProtocol},` +
    `"tcpFlags":${tcpFlagLists[cursor.tcpFlags & 0xff]},` +
    `"icmpType":${cursor.icmpTypeCode >>> 8},"icmpCode":${cursor.icmpTypeCode & 0xff},` +
    `"sourceName":${jsonOf(names?.source(cursor))},` +
    `"destinationName":${jsonOf(names?.destination(cursor))}}`
  );
}

/** From the value of `drop` on. */
function endText(cursor: EventCursor, dictionary: Dictionary): string {
  const stack = cursor.stackLocationIds.map((id) => jsonOf(dictionary.codeLocation(id)));
  return `${drop(cursor, dictionary)},"stack":[${stack.join(',')}]}\n`;
}

function drop(cursor: EventCursor, dictionary: Dictionary): string {
  const reason = dictionary.dropReason(cursor.dropReasonId);
  if (reason === undefined) return 'null';
  return `{"reason":${reason.json},"location":${jsonOf(dictionary.codeLocation(cursor.dropLocationId))}}`;
}
