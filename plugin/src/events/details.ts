import { pwru } from '../../../proto/gen/pwru.js';
import type { EventCursor } from './cursor.ts';

/** pwru.v1.InnerPacket with all its fields. */
export type InnerPacket = pwru.v1.InnerPacket;

/** pwru.v1.PacketDetails with all its fields. */
export interface PacketDetails {
  readonly noPorts: boolean;
  readonly fragmentOffsetBytes: number;
  readonly mtuSource: pwru.v1.MtuSource;
  readonly mtuInterfaceIndex: number;
  readonly inner: InnerPacket | undefined;
}

/**
 * What few packets have: undefined for the others.
 * @throws RangeError when the agent wrote no valid protobuf.
 */
export function detailsOf(event: EventCursor): PacketDetails | undefined {
  const { detailsStart: start, detailsLength } = event;
  if (detailsLength === 0) return undefined;
  const details = decode(event.bytes.subarray(start, start + detailsLength));
  const { noPorts, fragmentOffsetBytes, mtuSource, mtuInterfaceIndex, inner } = details;
  return {
    ...{ noPorts, fragmentOffsetBytes, mtuSource, mtuInterfaceIndex },
    inner: inner ? new pwru.v1.InnerPacket(inner) : undefined,
  };
}

function decode(bytes: Uint8Array): pwru.v1.PacketDetails {
  try {
    return new pwru.v1.PacketDetails(pwru.v1.PacketDetails.decode(bytes));
  } catch (cause) {
    throw new RangeError('Cannot decode the details of an event', { cause });
  }
}
