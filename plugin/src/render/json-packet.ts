import type { WallClock } from '../events/clocks.ts';
import type { EventCursor } from '../events/cursor.ts';
import { detailsOf, type InnerPacket } from '../events/details.ts';
import type { Dictionary, Name } from '../events/dictionary.ts';
import type { JsonInner } from '../events/json-shapes.ts';
import { decimal64, Fragment, hexAddress, type TextBuffer } from '../terminal/text-buffer.ts';
import type { EndpointNames } from './endpoint-names.ts';
import {
  destinationAddress,
  hasPorts,
  innerAddress,
  innerKindName,
  protocolName,
  sourceAddress,
  tcpFlags,
} from './tuple.ts';

const nothing = new Fragment('null');
const tcpFlagLists = Array.from({ length: 256 }, (_, flags) => JSON.stringify(tcpFlags(flags)));

/** What stands before the value of each field. */
const before = {
  node: new Fragment(',"node":'),
  cpu: new Fragment(',"cpu":'),
  skb: new Fragment(',"skb":"'),
  packetId: new Fragment('","packetId":"'),
  function: new Fragment('","function":'),
  process: new Fragment(',"process":'),
  netns: new Fragment(',"netns":'),
  interface: new Fragment(',"interface":'),
  mark: new Fragment(',"mark":'),
  etherType: new Fragment(',"etherType":'),
  mtuBytes: new Fragment(',"mtuBytes":'),
  mtuSource: new Fragment(',"mtuSource":"'),
  mtuInterfaceIndex: new Fragment('","mtuInterfaceIndex":'),
  lengthBytes: new Fragment(',"lengthBytes":'),
  vlan: new Fragment(',"vlan":'),
  tuple: new Fragment(',"tuple":'),
  ipVersion: new Fragment('{"ipVersion":'),
  sourceAddress: new Fragment(',"sourceAddress":"'),
  sourcePort: new Fragment('","sourcePort":'),
  destinationAddress: new Fragment(',"destinationAddress":"'),
  destinationPort: new Fragment('","destinationPort":'),
  protocol: new Fragment(',"protocol":"'),
  protocolNumber: new Fragment('","protocolNumber":'),
  tcpFlags: new Fragment(',"tcpFlags":'),
  icmpType: new Fragment(',"icmpType":'),
  icmpCode: new Fragment(',"icmpCode":'),
  fragmentOffsetBytes: new Fragment(',"fragmentOffsetBytes":'),
  inner: new Fragment(',"inner":'),
  sourceName: new Fragment(',"sourceName":'),
  destinationName: new Fragment(',"destinationName":'),
} as const;

/** From `node` up to the value of `function`. @param origin node and session as they stand there */
export function putPlace(out: TextBuffer, cursor: EventCursor, origin: string): void {
  out.fragment(before.node);
  out.text(origin);
  putNumber(out, before.cpu, cursor.cpu);
  out.fragment(before.skb);
  out.text(hexAddress(cursor.skbAddressHigh, cursor.skbAddressLow));
  out.fragment(before.packetId);
  const { packetIdHigh, packetIdLow } = cursor;
  if (packetIdHigh < 2 ** 21) out.decimal(packetIdHigh * 2 ** 32 + packetIdLow);
  else out.text(decimal64(packetIdHigh, packetIdLow));
  out.fragment(before.function);
}

/** From behind `function` up to where `tuple` begins. */
export function putPacket(out: TextBuffer, cursor: EventCursor, dictionary: Dictionary): void {
  putName(out, before.process, dictionary.process(cursor.processId));
  putName(out, before.netns, dictionary.netns(cursor.netnsInode));
  putName(out, before.interface, dictionary.interface(cursor.interfaceId));
  putNumber(out, before.mark, cursor.mark);
  putNumber(out, before.etherType, cursor.etherType);
  putNumber(out, before.mtuBytes, cursor.mtuBytes);
  const details = detailsOf(cursor);
  out.fragment(before.mtuSource);
  out.text(mtuSources[details?.mtuSource ?? 0] ?? '');
  putNumber(out, before.mtuInterfaceIndex, details?.mtuInterfaceIndex ?? 0);
  putNumber(out, before.lengthBytes, cursor.lengthBytes);
  out.fragment(before.vlan);
  if (cursor.hasVlan) out.text(vlan(cursor.vlanTci));
  else out.fragment(nothing);
}

export function putTuple(
  out: TextBuffer,
  cursor: EventCursor,
  names: EndpointNames | undefined,
): void {
  out.fragment(before.tuple);
  if (cursor.ipVersion === 0) {
    out.fragment(nothing);
    return;
  }
  const details = detailsOf(cursor);
  const withPorts = hasPorts(cursor.ipProtocol) && details?.noPorts !== true;
  putNumber(out, before.ipVersion, cursor.ipVersion);
  out.fragment(before.sourceAddress);
  out.text(sourceAddress(cursor));
  putPort(out, before.sourcePort, withPorts, cursor.sourcePort);
  out.fragment(before.destinationAddress);
  out.text(destinationAddress(cursor));
  putPort(out, before.destinationPort, withPorts, cursor.destinationPort);
  out.fragment(before.protocol);
  out.text(protocolName(cursor.ipProtocol));
  putNumber(out, before.protocolNumber, cursor.ipProtocol);
  out.fragment(before.tcpFlags);
  out.text(tcpFlagLists[cursor.tcpFlags & 0xff] as string);
  putNumber(out, before.icmpType, cursor.icmpTypeCode >>> 8);
  putNumber(out, before.icmpCode, cursor.icmpTypeCode & 0xff);
  putNumber(out, before.fragmentOffsetBytes, details?.fragmentOffsetBytes ?? 0);
  putName(out, before.sourceName, names?.source(cursor));
  putName(out, before.destinationName, names?.destination(cursor));
  out.fragment(before.inner);
  if (details?.inner) out.text(JSON.stringify(innerOf(details.inner)));
  else out.fragment(nothing);
  out.character('}'.charCodeAt(0));
}

/** By number of pwru.v1.MtuSource. */
const mtuSources = ['interface', 'route', 'route-interface'] as const;

function putPort(out: TextBuffer, key: Fragment, hasPort: boolean, port: number): void {
  out.fragment(key);
  if (hasPort) out.decimal(port);
  else out.fragment(nothing);
}

function innerOf(inner: InnerPacket): JsonInner {
  const { ipProtocol, icmpTypeCode } = inner;
  const withPorts = hasPorts(ipProtocol) && !inner.noPorts;
  return {
    kind: innerKindName(inner.kind),
    value: inner.value,
    ipVersion: inner.ipVersion,
    sourceAddress: innerAddress(inner.sourceAddress),
    sourcePort: withPorts ? inner.sourcePort : null,
    destinationAddress: innerAddress(inner.destinationAddress),
    destinationPort: withPorts ? inner.destinationPort : null,
    protocol: protocolName(ipProtocol),
    protocolNumber: ipProtocol,
    tcpFlags: tcpFlags(inner.tcpFlags),
    icmpType: icmpTypeCode >>> 8,
    icmpCode: icmpTypeCode & 0xff,
    fragmentOffsetBytes: inner.fragmentOffsetBytes,
  };
}

function putNumber(out: TextBuffer, key: Fragment, value: number): void {
  out.fragment(key);
  out.decimal(value);
}

function putName(out: TextBuffer, key: Fragment, name: Name | undefined): void {
  out.fragment(key);
  out.fragment(name === undefined ? nothing : name.jsonFragment);
}

/** IEEE 802.1Q tag control information. */
function vlan(tci: number): string {
  return `{"id":${tci & 0xfff},"priority":${(tci >>> 13) & 7},"dropEligible":${(tci & 0x1000) !== 0}}`;
}

const utf8 = new TextEncoder();
const BEGIN = '{"type":"event","time":"';
const SECOND = '2026-11-22T17:33:54.';
const DIGITS = 9;
const NS_PER_SECOND = 10 ** DIGITS;
const WALL_DIGITS_AT = BEGIN.length + SECOND.length;

/**
 * The beginning of a line of `-o json`, up to the digits of `bootTimeNs`. Within a second only nine digits of each time change:
 * the rest is copied from what was made for an earlier event.
 */
export class JsonTimes {
  readonly #wallClock: WallClock;
  /** Made for an event of this boot time; these are its nanoseconds within the second. */
  #pattern = new Uint8Array(0);
  #high = 0;
  #low = 0;
  #wallNs = Number.NaN;
  #bootNs = Number.NaN;

  constructor(wallClock: WallClock) {
    this.#wallClock = wallClock;
  }

  put(out: TextBuffer, { bootTimeNsHigh, bootTimeNsLow }: EventCursor): void {
    const sinceNs = (bootTimeNsHigh - this.#high) * 2 ** 32 + (bootTimeNsLow - this.#low);
    const wallNs = this.#wallNs + sinceNs;
    const bootNs = this.#bootNs + sinceNs;
    if (wallNs >= 0 && wallNs < NS_PER_SECOND && bootNs >= 0 && bootNs < NS_PER_SECOND) {
      const start = out.lengthBytes;
      out.bytes(this.#pattern);
      out.setNineDigits(start + WALL_DIGITS_AT, wallNs);
      out.setNineDigits(start + this.#pattern.length - DIGITS, bootNs);
    } else {
      this.#renew(bootTimeNsHigh, bootTimeNsLow);
      out.bytes(this.#pattern);
    }
  }

  #renew(high: number, low: number): void {
    const wall = this.#wallClock.format(high, low);
    const boot = decimal64(high, low);
    this.#pattern = utf8.encode(`${BEGIN}${wall}","bootTimeNs":"${boot}`);
    this.#high = high;
    this.#low = low;
    this.#wallNs = Number(wall.slice(SECOND.length, SECOND.length + DIGITS));
    // In the machine's first second there are fewer digits: nothing can be copied.
    this.#bootNs = boot.length > DIGITS ? Number(boot.slice(-DIGITS)) : Number.NaN;
  }
}
