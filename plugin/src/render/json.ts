import type { pwru } from '../../../proto/gen/pwru.js';
import type { Dictionary, Name } from '../dictionary.ts';
import type { EventCursor } from '../event-decoder.ts';
import { PacketClock } from '../packet-clock.ts';
import { printableJson } from '../printable.ts';
import { WallClock } from '../wall-clock.ts';
import type { EventRenderer } from './event-renderer.ts';
import { hexAddress } from './hexadecimal.ts';
import { destinationAddress, protocolName, sourceAddress, tcpFlags } from './tuple.ts';

const tcpFlagLists = Array.from({ length: 256 }, (_, flags) => JSON.stringify(tcpFlags(flags)));

/**
 * Newline-delimited JSON, one JsonEvent per event. Written as text, not by JSON.stringify, which would take several
 * times as long: names come quoted from the dictionary, and what else is text here has no character to quote.
 */
export class JsonRenderer implements EventRenderer {
  readonly #packetClock = new PacketClock();
  #session: JsonSession | undefined;

  start(started: pwru.v1.Started, dictionary: Dictionary): string {
    const wallClock = new WallClock(started.bootToWallNs);
    const node = printableJson(started.node);
    this.#session = { node, dictionary, wallClock, revision: -1, place: '', packet: '' };
    return '';
  }

  event(cursor: EventCursor): string {
    const session = this.#session;
    if (session === undefined) {
      throw new Error('Cannot render an event before the start of the session');
    }
    const { dictionary, wallClock } = session;
    this.#packetClock.advance(cursor);
    if (session.revision !== dictionary.revision || !cursor.repeatsPacket) {
      session.revision = dictionary.revision;
      session.place = placeText(cursor, session.node);
      session.packet = packetText(cursor, dictionary);
    }
    const hasId = cursor.packetIdHigh !== 0 || cursor.packetIdLow !== 0;
    const stack = cursor.stackLocationIds.map((id) => jsonOf(dictionary.codeLocation(id)));
    return (
      `{"time":"${wallClock.format(cursor.bootTimeNsHigh, cursor.bootTimeNsLow)}",` +
      `"bootTimeNs":"${decimal(cursor.bootTimeNsHigh, cursor.bootTimeNsLow)}",` +
      `"sinceFirstNs":${hasId ? this.#packetClock.sinceFirstNs : null},` +
      `"sincePreviousNs":${hasId ? this.#packetClock.sincePreviousNs : null},` +
      `${session.place}"function":${dictionary.function(cursor.functionId).json},` +
      `${session.packet}"drop":${drop(cursor, dictionary)},"stack":[${stack.join(',')}]}\n`
    );
  }
}

interface JsonSession {
  /** Quoted. */
  readonly node: string;
  readonly dictionary: Dictionary;
  readonly wallClock: WallClock;
  /** Of the dictionary when `place` and `packet` were made. */
  revision: number;
  /** Fields from `node` to `packetId` of the last event. */
  place: string;
  /** Fields from `process` to `tuple` of the last event. */
  packet: string;
}

function placeText(cursor: EventCursor, node: string): string {
  return (
    `"node":${node},"cpu":${cursor.cpu},` +
    `"skb":"${hexAddress(cursor.skbAddressHigh, cursor.skbAddressLow)}",` +
    `"packetId":"${decimal(cursor.packetIdHigh, cursor.packetIdLow)}",`
  );
}

function packetText(cursor: EventCursor, dictionary: Dictionary): string {
  return (
    `"process":${jsonOf(dictionary.process(cursor.processId))},` +
    `"netns":${jsonOf(dictionary.netns(cursor.netnsInode))},` +
    `"interface":${jsonOf(dictionary.interface(cursor.interfaceId))},` +
    `"mark":${cursor.mark},"etherType":${cursor.etherType},` +
    `"mtuBytes":${cursor.mtuBytes},"lengthBytes":${cursor.lengthBytes},` +
    `"vlan":${cursor.hasVlan ? vlan(cursor.vlanTci) : null},` +
    `"tuple":${cursor.ipVersion === 0 ? null : tuple(cursor)},`
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

function tuple(cursor: EventCursor): string {
  return (
    `{"ipVersion":${cursor.ipVersion},` +
    `"sourceAddress":"${sourceAddress(cursor)}","sourcePort":${cursor.sourcePort},` +
    `"destinationAddress":"${destinationAddress(cursor)}","destinationPort":${cursor.destinationPort},` +
    `"protocol":"${protocolName(cursor.ipProtocol)}","protocolNumber":${cursor.ipProtocol},` +
    `"tcpFlags":${tcpFlagLists[cursor.tcpFlags & 0xff]},` +
    `"icmpType":${cursor.icmpTypeCode >>> 8},"icmpCode":${cursor.icmpTypeCode & 0xff}}`
  );
}

function drop(cursor: EventCursor, dictionary: Dictionary): string {
  const reason = dictionary.dropReason(cursor.dropReasonId);
  if (reason === undefined) return 'null';
  return `{"reason":${reason.json},"location":${jsonOf(dictionary.codeLocation(cursor.dropLocationId))}}`;
}
