import type { WallClock } from '../events/clocks.ts';
import type { Dictionary } from '../events/dictionary.ts';
import type { PacketDrop, PacketEnd, PacketPlace } from '../events/journeys.ts';
import { decimal64 } from '../terminal/text-buffer.ts';

/** A JsonPacketEnd as a line. @param parts.origin node and session as they stand in an event's line */
export function packetEndLine(
  end: PacketEnd,
  parts: { readonly origin: string; readonly dictionary: Dictionary; readonly clock: WallClock },
): string {
  const { dictionary, clock } = parts;
  const firstTime = clock.format(end.firstBootTimeNsHigh, end.firstBootTimeNsLow);
  const drop = end.drop === undefined ? 'null' : dropText(end.drop, dictionary);
  return [
    `{"type":"packetEnd","node":${parts.origin},"packetId":"${decimal64(end.idHigh, end.idLow)}"`,
    `"end":"${end.kind}","firstTime":"${firstTime}","durationNs":${end.durationNs}`,
    `"events":${end.events},"first":{${placeText(end.first, dictionary)}}`,
    `"last":{${placeText(end.last, dictionary)}},"drop":${drop}}\n`,
  ].join(',');
}

function placeText(place: PacketPlace, dictionary: Dictionary): string {
  const { functionId, netnsInode, interfaceId } = place;
  const netns = dictionary.netns(netnsInode)?.json ?? 'null';
  const device = dictionary.interface(interfaceId)?.json ?? 'null';
  return `"function":${dictionary.function(functionId).json},"netns":${netns},"interface":${device}`;
}

function dropText(drop: PacketDrop, dictionary: Dictionary): string {
  const reason = dictionary.dropReason(drop.reasonId)?.json ?? '""';
  const location = dictionary.codeLocation(drop.locationId)?.json ?? 'null';
  const meaning = dictionary.dropMeaning(drop.reasonId).json;
  return `{"reason":${reason},"location":${location},${meaning},${placeText(drop, dictionary)}}`;
}
