import type { Dictionary, Name } from '../dictionary.ts';
import type { EventCursor } from '../event-decoder.ts';
import { PacketClock } from '../packet-clock.ts';
import { printableJson } from '../printable.ts';
import { WallClock } from '../wall-clock.ts';
import { EndpointNames, type NameLookup } from './endpoint-names.ts';
import type { EventRenderer, NodeRenderer, RenderedSession } from './event-renderer.ts';
import { hexAddress } from './hexadecimal.ts';
import { destinationAddress, protocolName, sourceAddress, tcpFlags } from './tuple.ts';

const tcpFlagLists = Array.from({ length: 256 }, (_, flags) => JSON.stringify(tcpFlags(flags)));

/**
 * Newline-delimited JSON, one JsonEvent per event. Written as text, not by JSON.stringify, which would take several
 * times as long: names come quoted from the dictionary, and what else is text here has no character to quote.
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
  /** Fields from `node` to `packetId` of the last event. */
  #place = '';
  /** Fields from `process` to `tuple` of the last event. */
  #packet = '';

  constructor({ node, started, dictionary }: RenderedSession, names: NameLookup | undefined) {
    this.#dictionary = dictionary;
    this.#wallClock = new WallClock(started.bootToWallNs);
    this.#names = names && new EndpointNames(names, this.#wallClock);
    this.#node = printableJson(node);
  }

  event(cursor: EventCursor): string {
    const dictionary = this.#dictionary;
    const packetClock = this.#packetClock;
    packetClock.advance(cursor);
    if (this.#revision !== dictionary.revision || !cursor.repeatsPacket) {
      this.#revision = dictionary.revision;
      this.#place = placeText(cursor, this.#node);
      this.#packet = packetText(cursor, dictionary, this.#names);
    }
    const hasId = cursor.packetIdHigh !== 0 || cursor.packetIdLow !== 0;
    const stack = cursor.stackLocationIds.map((id) => jsonOf(dictionary.codeLocation(id)));
    return (
      `{"type":"event","time":"${this.#wallClock.format(cursor.bootTimeNsHigh, cursor.bootTimeNsLow)}",` +
      `"bootTimeNs":"${decimal(cursor.bootTimeNsHigh, cursor.bootTimeNsLow)}",` +
      `"sinceFirstNs":${hasId ? packetClock.sinceFirstNs : null},` +
      `"sincePreviousNs":${hasId ? packetClock.sincePreviousNs : null},` +
      `${this.#place}"function":${dictionary.function(cursor.functionId).json},` +
      `${this.#packet}"drop":${drop(cursor, dictionary)},"stack":[${stack.join(',')}]}\n`
    );
  }
}

function placeText(cursor: EventCursor, node: string): string {
  return (
    `"node":${node},"cpu":${cursor.cpu},` +
    `"skb":"${hexAddress(cursor.skbAddressHigh, cursor.skbAddressLow)}",` +
    `"packetId":"${decimal(cursor.packetIdHigh, cursor.packetIdLow)}",`
  );
}

function packetText(
  cursor: EventCursor,
  dictionary: Dictionary,
  names: EndpointNames | undefined,
): string {
  return (
    `"process":${jsonOf(dictionary.process(cursor.processId))},` +
    `"netns":${jsonOf(dictionary.netns(cursor.netnsInode))},` +
    `"interface":${jsonOf(dictionary.interface(cursor.interfaceId))},` +
    `"mark":${cursor.mark},"etherType":${cursor.etherType},` +
    `"mtuBytes":${cursor.mtuBytes},"lengthBytes":${cursor.lengthBytes},` +
    `"vlan":${cursor.hasVlan ? vlan(cursor.vlanTci) : null},` +
    `"tuple":${cursor.ipVersion === 0 ? null : tuple(cursor, names)},`
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

function drop(cursor: EventCursor, dictionary: Dictionary): string {
  const reason = dictionary.dropReason(cursor.dropReasonId);
  if (reason === undefined) return 'null';
  return `{"reason":${reason.json},"location":${jsonOf(dictionary.codeLocation(cursor.dropLocationId))}}`;
}
