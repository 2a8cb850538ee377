import { pieceOf, WHOLE } from '../record/datagram-piece.ts';
import type { EventNames } from '../record/event-names.ts';
import {
  DROP,
  HIT,
  PWRU_DROP_KNOWN_SOCKET,
  PWRU_DROP_SHARERS,
  PWRU_DROP_STATE_SHIFT,
  PWRU_DROP_VERDICT_SHIFT,
  PWRU_FLAG_CAPTURE,
  RECORD,
} from '../record/layout.ts';
import type { EventRecord } from '../record/record-view.ts';
import { judgeDrop, verdictNumbers } from './drop-class.ts';

/** Code addresses whose function's name is remembered; all are forgotten when there are more. */
const maxPlaces = 4_096;

const wordOf = (field: { readonly offset: number }) => field.offset / 4;
const PLACE_WORD = wordOf(RECORD.place);
const LENGTH_WORD = wordOf(HIT.len);
/** From the drop's section on. */
const LOCATION_WORD = wordOf(DROP.location);
const DESTRUCTOR_WORD = wordOf(DROP.destructor);
const REASON_WORD = wordOf(DROP.reason);
const FACTS_WORD = wordOf(DROP.facts);
const PAYLOAD_WORD = wordOf(DROP.payload);

/** include/net/tcp_states.h. */
const [TCP_TIME_WAIT, TCP_NEW_SYN_RECV] = [6, 12];

const solicits = 1;
const inState = (state: number) => PWRU_DROP_KNOWN_SOCKET | (state << PWRU_DROP_STATE_SHIFT);

/** What a hit on a function tells of the packet: `solicits`, or facts about the socket that receives it. */
const meanings: ReadonlyMap<string, number> = new Map([
  // neigh_probe() of net/core/neighbour.c hands them a clone of the packet that waits, and frees it afterwards.
  ['arp_solicit', solicits],
  ['ndisc_solicit', solicits],
  // tcp_v4_rcv(), tcp_v6_rcv(): the packet is for a socket in this state. Before 6.11 kfree_skb does not name the socket.
  ['tcp_timewait_state_process', inState(TCP_TIME_WAIT)],
  ['tcp_check_req', inState(TCP_NEW_SYN_RECV)],
]);

type JudgeNames = Pick<EventNames, 'codeLocationAt' | 'dropReasonName' | 'functionAt'>;

/** What each drop means: the record's own words, and the names of its reason and its places. */
export class DropJudge {
  readonly #names: JudgeNames;
  /** Of `meanings`, 0 for none: by the low word of the functions' addresses. */
  readonly #meanings = new Map<number, number>();
  /** Function by code address. */
  readonly #places = new Map<bigint, string>();

  constructor(names: JudgeNames) {
    this.#names = names;
  }

  /**
   * The verdict that the record carries, else the one that its own facts lead to.
   * @param record one with PWRU_FLAG_DROP
   * @param receiver what `receiverFacts` said of the packet before; 0 for nothing
   * @returns a number for `verdictOf`
   */
  verdict(record: EventRecord, receiver = 0): number {
    const facts = dropFacts(record);
    const isNamed = (facts & PWRU_DROP_KNOWN_SOCKET) !== 0;
    return (
      facts >>> PWRU_DROP_VERDICT_SHIFT || this.#judge(record, isNamed ? facts : facts | receiver)
    );
  }

  /** The same where nobody waits for the fate of other copies: that there were some is all that is known of them. */
  verdictAlone(record: EventRecord): number {
    const facts = dropFacts(record);
    const verdict = this.verdict(record);
    const isFinal = facts >>> PWRU_DROP_VERDICT_SHIFT !== 0 || (facts & PWRU_DROP_SHARERS) === 0;
    return isFinal || verdict !== verdictNumbers.lost ? verdict : verdictNumbers.notKnown;
  }

  /** Whether the record is of a copy that goes nowhere: its headers are looked at to ask for a neighbour. */
  isSolicitation(record: EventRecord): boolean {
    return this.#meaning(record) === solicits;
  }

  /** Bits of enum pwru_drop_fact about the socket that the packet is for, as far as this hit tells; 0 for nothing. */
  receiverFacts(record: EventRecord): number {
    const meaning = this.#meaning(record);
    return meaning === solicits ? 0 : meaning;
  }

  #meaning(record: EventRecord): number {
    const word = (record.offset >>> 2) + PLACE_WORD;
    const low = record.words[word] ?? 0;
    const known = this.#meanings.get(low);
    if (known !== undefined) return known;
    if (this.#meanings.size === maxPlaces) this.#meanings.clear();
    const high = (record.words[word + 1] ?? 0) >>> 0;
    const { name } = this.#names.functionAt((BigInt(high) << 32n) | BigInt(low >>> 0));
    const meaning = meanings.get(name) ?? 0;
    this.#meanings.set(low, meaning);
    return meaning;
  }

  #judge(record: EventRecord, facts: number): number {
    const { words, bytes, offset } = record;
    const drop = record.dropOffset >>> 2;
    return judgeDrop({
      reason: this.#reasonName(words[drop + REASON_WORD] ?? 0),
      place: this.#placeAt(words, drop + LOCATION_WORD),
      destructor: this.#placeAt(words, drop + DESTRUCTOR_WORD),
      facts,
      isCapture: (record.flags & PWRU_FLAG_CAPTURE) !== 0,
      protocol: bytes[offset + HIT.outer_l4_proto.offset] ?? 0,
      tcpFlags: bytes[offset + HIT.outer_tcp_flags.offset] ?? 0,
      payloadBytes: words[drop + PAYLOAD_WORD] ?? 0,
      lengthBytes: words[(offset >>> 2) + LENGTH_WORD] ?? 0,
      isFragment: (pieceOf(record) ?? WHOLE) !== WHOLE,
      isToMany: isToMany(record),
    });
  }

  /** Without reasons the kernel's value is always 0, and has no name. */
  #reasonName(value: number): string {
    return value === 0 ? '' : this.#names.dropReasonName(value >>> 0);
  }

  /** Name of the function that holds the address; empty for none. */
  #placeAt(words: Int32Array, word: number): string {
    const low = (words[word] ?? 0) >>> 0;
    const high = (words[word + 1] ?? 0) >>> 0;
    if ((low | high) === 0) return '';
    const address = (BigInt(high) << 32n) | BigInt(low);
    const known = this.#places.get(address);
    if (known !== undefined) return known;
    const { symbol } = this.#names.codeLocationAt(address, true);
    // An address without a name may get one later.
    if (symbol === '' || symbol.startsWith('0x')) return '';
    if (this.#places.size === maxPlaces) this.#places.clear();
    const place = withoutSuffix(symbol);
    this.#places.set(address, place);
    return place;
  }
}

/** Enum pwru_drop_fact of a drop, and the verdict on it, if there is one. */
export function dropFacts(record: EventRecord): number {
  return record.words[(record.dropOffset >>> 2) + FACTS_WORD] ?? 0;
}

/** The record's own from now on: `DropJudge` takes it as it is. It must not lie in a ring, whose memory is the kernel's. */
export function stampVerdict(record: EventRecord, verdict: number): void {
  const word = (record.dropOffset >>> 2) + FACTS_WORD;
  record.words[word] = (record.words[word] ?? 0) | (verdict << PWRU_DROP_VERDICT_SHIFT);
}

/** A clone that the compiler made (`tcp_data_queue.part.0`) is the function for our purpose. */
function withoutSuffix(symbol: string): string {
  return symbol.split('.', 1)[0] || symbol;
}

/** Multicast (RFC 5771, RFC 4291 section 2.7) or the limited broadcast address. */
function isToMany({ bytes, offset }: EventRecord): boolean {
  const first = bytes[offset + HIT.outer_daddr.offset] ?? 0;
  const ipVersion = bytes[offset + HIT.outer_ip_version.offset];
  if (ipVersion === 4) return first >= 224 && (first < 240 || isLimitedBroadcast(bytes, offset));
  return ipVersion === 6 && first === 0xff;
}

function isLimitedBroadcast(bytes: Uint8Array, offset: number): boolean {
  const at = offset + HIT.outer_daddr.offset;
  return bytes.subarray(at, at + 4).every((byte) => byte === 0xff);
}
