import {
  END,
  HIT,
  PWRU_PIECE_NOT_KNOWN,
  PWRU_PIECE_WHOLE,
  PWRU_TUPLE_MORE_FRAGMENTS,
} from './layout.ts';
import type { EventRecord } from './record-view.ts';

/** A datagram that is not in fragments. The numbers are those of enum pwru_piece, less one. */
export const WHOLE = 0;
/** Its first fragment; a later one is `FIRST` and its offset in units of 8 bytes. */
const FIRST = 1;
const OFFSET_UNIT_BYTES = 8;

/** Which part of its datagram a record's packet is; undefined when its IP header was not read. */
export function pieceOf(record: EventRecord): number | undefined {
  const { bytes, halves, offset } = record;
  if (record.isEnd) {
    const piece = halves[(offset + END.piece.offset) >>> 1] ?? PWRU_PIECE_NOT_KNOWN;
    return piece === PWRU_PIECE_NOT_KNOWN ? undefined : piece - PWRU_PIECE_WHOLE;
  }
  if (bytes[offset + HIT.outer_ip_version.offset] === 0) return undefined;
  const fragmentBytes = halves[(offset + HIT.outer_fragment_bytes.offset) >>> 1] ?? 0;
  if (fragmentBytes !== 0) return FIRST + fragmentBytes / OFFSET_UNIT_BYTES;
  const flags = bytes[offset + HIT.outer_flags.offset] ?? 0;
  return (flags & PWRU_TUPLE_MORE_FRAGMENTS) === 0 ? WHOLE : FIRST;
}
