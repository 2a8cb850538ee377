import { type EventFields, eventBytes } from '../../test/support/event-records.ts';
import { dropClasses, verdictOf } from '../src/core/drops/drop-class.ts';
import { DropJudge } from '../src/core/drops/drop-judge.ts';
import {
  HIT,
  PWRU_DROP_PACKET_TYPE,
  PWRU_FLAG_CAPTURE,
  PWRU_FLAG_DROP,
  PWRU_FLAG_ENDED,
  PWRU_FLAG_FREED,
  PWRU_FLAG_KEPT,
  PWRU_FLAG_SOCKET,
  PWRU_KIND_END,
} from '../src/core/record/layout.ts';
import { EventRecord } from '../src/core/record/record-view.ts';
import { DropJourneys, type DropJourneysOptions } from '../src/trace/stream/drop-journeys.ts';

export const DROP = PWRU_FLAG_DROP;
export const FREED = PWRU_FLAG_FREED;
export const KEPT = PWRU_FLAG_KEPT;
export const CAPTURE = PWRU_FLAG_CAPTURE;
export const SOCKET = PWRU_FLAG_SOCKET;
/** The rest of an end that was told before. */
export const FREED_AGAIN = PWRU_FLAG_FREED | PWRU_FLAG_ENDED;

/** A kernel's names: reasons and code addresses that these tests use. */
const reasons: Readonly<Record<number, string>> = {
  2: 'NOT_SPECIFIED',
  3: 'NO_SOCKET',
  6: 'NETFILTER_DROP',
  8: 'OTHERHOST',
  99: 'QUEUE_PURGE',
};
const addresses: Readonly<Record<string, string>> = {
  16: 'nf_hook_slow',
  32: 'ping_rcv',
  48: 'sk_stream_kill_queues',
  64: 'ip_rcv_core',
  80: 'tcp_v4_rcv',
};
const functions: Readonly<Record<string, string>> = {
  97: 'tcp_timewait_state_process',
  98: 'tcp_check_req',
  99: 'arp_solicit',
};
const judge = new DropJudge({
  functionAt: (address) => ({
    name: functions[String(address)] ?? 'ip_rcv',
    ...{ module: '', tracepoint: false },
  }),
  dropReasonName: (value) => reasons[value] ?? String(value),
  codeLocationAt: (address) => ({
    symbol: addresses[String(address)] ?? '',
    offsetBytes: 1,
    module: '',
  }),
});
export const otherHost = {
  reason: 8,
  location: 64n,
  facts: 3 & PWRU_DROP_PACKET_TYPE,
} as const;

/** @param cpu that it was read from */
export function recordOf(fields: EventFields, cpu: number): EventRecord {
  const bytes = eventBytes(fields);
  const memory = new ArrayBuffer(bytes.length);
  new Uint8Array(memory).set(bytes);
  return new EventRecord(cpu, memory);
}

/** Names an event by its mark. */
const markOf = (record: EventRecord) => record.words[(record.offset + HIT.mark.offset) / 4] ?? -1;

/** Drop journeys that are given events one by one. */
export class JourneysHarness {
  readonly journeys: DropJourneys;
  readonly reported: number[] = [];
  readonly cpus: number[] = [];
  /** Of the drops among them, as they are told. */
  readonly classes: string[] = [];

  constructor(options: Partial<DropJourneysOptions> = {}) {
    this.journeys = new DropJourneys({
      ...{ stack: false, cpus: 8, judge, showsAll: false, tellsFirstEnds: false },
      ...options,
    });
  }

  /** @returns the marks that this event made come out. */
  event(
    mark: number,
    packet: bigint,
    options: Partial<{
      flags: number;
      /** Flags of an end that is nobody's event. */
      ending: number;
      skb: bigint;
      cpu: number;
      stack: bigint[];
      more: EventFields;
    }> = {},
  ) {
    const {
      ending,
      flags = ending ?? 0,
      skb = 0xffff_8881_0000_0000n,
      cpu = 1,
      stack,
      more = {},
    } = options;
    const kind = ending === undefined ? {} : { kind: PWRU_KIND_END };
    const fields = { mark, packet_id: packet, flags, skb, ...kind, ...more };
    const record = recordOf(stack === undefined ? fields : { ...fields, stack }, cpu);
    const before = this.reported.length;
    const isReported = this.journeys.admit(record);
    for (let held = this.journeys.nextReleased(); held; held = this.journeys.nextReleased()) {
      this.#report(held);
    }
    if (isReported) this.#report(record);
    return this.reported.slice(before);
  }

  overdue(nowNs: number): void {
    this.journeys.decideOverdue(nowNs);
    for (let held = this.journeys.nextReleased(); held; held = this.journeys.nextReleased()) {
      this.#report(held);
    }
  }

  packets(name: keyof typeof dropClasses): number {
    return this.journeys.packets[dropClasses[name]] ?? 0;
  }

  sum(counts: Float64Array): number {
    return counts.reduce((total, events) => total + events, 0);
  }

  #report(record: EventRecord): void {
    this.reported.push(markOf(record));
    this.cpus.push(record.cpu);
    if ((record.flags & PWRU_FLAG_DROP) !== 0) this.classes.push(classOf(record));
  }
}

function classOf(record: EventRecord): string {
  const { class: dropClass } = verdictOf(judge.verdictAlone(record));
  const found = Object.entries(dropClasses).find(([, number]) => number === dropClass);
  return found?.[0] ?? '';
}
