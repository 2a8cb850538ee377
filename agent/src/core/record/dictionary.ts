import { verdictOf } from '../drops/drop-class.ts';
import { DropJudge } from '../drops/drop-judge.ts';
import type { CodeLocationName, EventNames, UnsettledNames } from './event-names.ts';
import { DROP, HIT, PWRU_TASK_CONTEXT_SHIFT, PWRU_TASK_PID, RECORD } from './layout.ts';
import { ProtoWriter } from './proto-writer.ts';
import type { EventRecord } from './record-view.ts';
import { WordInterner } from './word-interner.ts';

/** Field numbers of pwru.v1.TraceResponse, DictionaryEntries and DictionaryEntry (proto/pwru/v1). */
const RESPONSE_DICTIONARY = 2;
const ENTRIES_ENTRY = 1;
const ENTRY_ID = 1;
const ENTRY = {
  function: 2,
  interface: 3,
  process: 4,
  dropReason: 5,
  codeLocation: 6,
  networkNamespace: 7,
} as const;

const wordOf = (field: { readonly offset: number }) => field.offset / 4;
const wordsOf = (field: { readonly offset: number; readonly size: number }) =>
  Array.from({ length: field.size / 4 }, (_, index) => wordOf(field) + index);

const DROP_LOCATION_WORD = wordOf(DROP.location);
const DROP_REASON_WORD = wordOf(DROP.reason);
const NETNS_WORD = wordOf(HIT.netns);
const IFINDEX_WORD = wordOf(HIT.ifindex);
const TASK_WORD = wordOf(HIT.task);

/** Most keys that are remembered per kind; see WordInterner for what happens beyond. */
const maxEntries = {
  functions: 1 << 16,
  interfaces: 1 << 14,
  processes: 1 << 14,
  dropReasons: 1 << 12,
  codeLocations: 1 << 16,
  tracingCode: 1 << 12,
  networkNamespaces: 1 << 14,
} as const;

/** Of an entry that is not encoded yet, about. */
const UNSETTLED_BYTES = 64;

const text = new TextDecoder();

/** A number that has been given to something whose name is asked for when the batch is closed. */
interface Unsettled<T> {
  readonly id: number;
  readonly value: T;
}

/** What a drop reason means with the verdict on the drop: a number for `verdictOf`. */
interface JudgedReason {
  readonly reason: number;
  readonly verdict: number;
}

/**
 * Numbers for what has a name (functions, interfaces, processes, drop reasons, code locations, network namespaces), and
 * the pwru.v1.DictionaryEntry of each new number, which has to be sent before the events that use it. Code locations and
 * drop reasons get their number at once and their name later: it may have to be waited for.
 * Memory is bounded by `maxEntries`.
 */
export class Dictionary {
  readonly #names: EventNames;
  readonly #functions: WordInterner;
  readonly #interfaces: WordInterner;
  readonly #processes: WordInterner;
  readonly #dropReasons: WordInterner;
  readonly #codeLocations: WordInterner;
  readonly #networkNamespaces: WordInterner;
  readonly #judge: DropJudge;
  /** Key of a drop reason: its value and the verdict. */
  readonly #dropKey = new Int32Array(2);
  readonly #tracingCode: WordInterner;
  readonly #pending = new ProtoWriter();
  /** Not named yet. */
  #newLocations: Unsettled<bigint>[] = [];
  #newReasons: Unsettled<JudgedReason>[] = [];
  /** What was sent, by address and by value: no more than the tables have. */
  readonly #sentLocations = new Map<bigint, string>();
  readonly #sentReasons = new Map<number, string>();

  /** @param hashSeed any 32 bits that strangers do not know. */
  constructor(names: EventNames, hashSeed: number) {
    const interner = (wordOffsets: readonly number[], kind: keyof typeof maxEntries) =>
      new WordInterner(wordOffsets, { maxEntries: maxEntries[kind], seed: hashSeed });
    this.#names = names;
    this.#functions = interner(wordsOf(RECORD.place), 'functions');
    this.#interfaces = interner([NETNS_WORD, IFINDEX_WORD, ...wordsOf(HIT.ifname)], 'interfaces');
    this.#processes = interner([TASK_WORD, ...wordsOf(HIT.comm)], 'processes');
    this.#dropReasons = interner([0, 1], 'dropReasons');
    this.#judge = new DropJudge(names);
    this.#codeLocations = interner([0, 1], 'codeLocations');
    this.#networkNamespaces = interner([NETNS_WORD], 'networkNamespaces');
    this.#tracingCode = interner([0, 1], 'tracingCode');
  }

  /** Different functions seen. */
  get functionCount(): number {
    return this.#functions.count;
  }

  /** How often a table was full and was emptied. */
  get resets(): number {
    return (
      this.#functions.resets +
      this.#interfaces.resets +
      this.#processes.resets +
      this.#dropReasons.resets +
      this.#codeLocations.resets +
      this.#networkNamespaces.resets +
      this.#tracingCode.resets
    );
  }

  /** Bytes of entries that `take` would return, about. */
  get pendingBytes(): number {
    const unsettled = this.#newLocations.length + this.#newReasons.length;
    return this.#pending.length + UNSETTLED_BYTES * unsettled;
  }

  /** What `takeUnsettled` would name; undefined when it is nothing. */
  get unsettled(): UnsettledNames | undefined {
    if (this.#newLocations.length + this.#newReasons.length === 0) return undefined;
    return {
      addresses: this.#newLocations.map(({ value }) => value),
      dropReasons: this.#newReasons.map(({ value }) => value.reason),
    };
  }

  /** An encoded pwru.v1.TraceResponse with all entries that are new since the last call; undefined without any. */
  take(): Uint8Array | undefined {
    this.#putUnsettled(this.#pending, true);
    return this.takeSettled();
  }

  /** As `take`, but for those that `takeUnsettled` gives. */
  takeSettled(): Uint8Array | undefined {
    if (this.#pending.length === 0) return undefined;
    const response = new ProtoWriter().message(RESPONSE_DICTIONARY, this.#pending);
    this.#pending.clear();
    return response.view();
  }

  /**
   * As `take`, of code locations and drop reasons only: to be sent before any batch that was not sent yet.
   * @param isSettled whether what EventNames.settle gave for them has settled
   */
  takeUnsettled(isSettled: boolean): Uint8Array | undefined {
    if (this.unsettled === undefined) return undefined;
    const entries = new ProtoWriter();
    this.#putUnsettled(entries, isSettled);
    return new ProtoWriter().message(RESPONSE_DICTIONARY, entries).view();
  }

  #putUnsettled(entries: ProtoWriter, isSettled: boolean): void {
    for (const { id, value } of this.#newReasons) {
      const name = this.#names.dropReasonName(value.reason);
      this.#sentReasons.set(value.reason, name);
      putEntry(entries, id, ENTRY.dropReason, reasonMessage(value, name));
    }
    for (const { id, value } of this.#newLocations) {
      const name = this.#names.codeLocationAt(value, isSettled);
      this.#sentLocations.set(value, keyOf(name));
      putEntry(entries, id, ENTRY.codeLocation, locationMessage(name));
    }
    this.#newReasons = [];
    this.#newLocations = [];
  }

  /** Names may have changed: what has another name now than was sent is announced again, with a new number. */
  checkNames(): void {
    const isOther = ([address, sent]: readonly [bigint, string]) =>
      keyOf(this.#names.codeLocationAt(address, true)) !== sent;
    if ([...this.#sentLocations].some(isOther)) this.#forgetCodeLocations();
    const isOtherReason = ([value, sent]: readonly [number, string]) =>
      this.#names.dropReasonName(value) !== sent;
    if ([...this.#sentReasons].some(isOtherReason)) this.#forgetDropReasons();
  }

  #forgetCodeLocations(): void {
    this.#codeLocations.clear();
    this.#tracingCode.clear();
    this.#sentLocations.clear();
  }

  #forgetDropReasons(): void {
    this.#dropReasons.clear();
    this.#sentReasons.clear();
  }

  /** What is known of the network namespaces has changed: each is announced again with its next event. */
  forgetNetworkNamespaces(): void {
    this.#networkNamespaces.clear();
    this.#interfaces.clear();
  }

  functionId(record: EventRecord): number {
    const { words, offset } = record;
    const known = this.#functions.find(words, offset >>> 2);
    return known !== 0 ? known : this.#addFunction(words, offset >>> 2);
  }

  /** 0 when the packet has no device. Announces the namespace too. */
  interfaceId(record: EventRecord): number {
    const { words } = record;
    const base = record.offset >>> 2;
    if (words[base + IFINDEX_WORD] === 0) {
      this.#announceNetworkNamespace(words, base);
      return 0;
    }
    // The namespace of a known interface has been announced with it.
    const known = this.#interfaces.find(words, base);
    return known !== 0 ? known : this.#addInterface(record, base);
  }

  processId(record: EventRecord): number {
    const base = record.offset >>> 2;
    const known = this.#processes.find(record.words, base);
    return known !== 0 ? known : this.#addProcess(record, base);
  }

  /** Of a drop, as the next. */
  dropReasonId(record: EventRecord): number {
    const key = this.#dropKey;
    key[0] = record.words[(record.dropOffset >>> 2) + DROP_REASON_WORD] ?? 0;
    key[1] = this.#judge.verdictAlone(record);
    const known = this.#dropReasons.find(key, 0);
    return known !== 0 ? known : this.#addDropReason(key);
  }

  dropLocationId(record: EventRecord): number {
    return this.codeLocationId(record.words, (record.dropOffset >>> 2) + DROP_LOCATION_WORD);
  }

  /**
   * @param word where the 64-bit address lies in `words`.
   * @returns 0 for address 0.
   */
  codeLocationId(words: Int32Array, word: number): number {
    if (words[word] === 0 && words[word + 1] === 0) return 0;
    const known = this.#codeLocations.find(words, word);
    return known !== 0 ? known : this.#addCodeLocation(words, word);
  }

  /**
   * Whether a frame is there only because its packet is traced: programs of this session, and what calls them.
   * @param word where the 64-bit address lies in `words`.
   */
  isTracingCode(words: Int32Array, word: number): boolean {
    if (this.#tracingCode.find(words, word) !== 0) return true;
    if (this.#codeLocations.find(words, word) !== 0) return false;
    if (this.#names.isTracingCode?.(wordPair(words, word)) !== true) return false;
    this.#tracingCode.add(words, word);
    return true;
  }

  #addFunction(words: Int32Array, base: number): number {
    const id = this.#functions.add(words, base);
    const { name, module, tracepoint } = this.#names.functionAt(
      wordPair(words, base + wordOf(RECORD.place)),
    );
    const message = new ProtoWriter().string(1, name).string(2, module).bool(3, tracepoint);
    return this.#announce(id, ENTRY.function, message);
  }

  #addInterface(record: EventRecord, base: number): number {
    const { words } = record;
    this.#announceNetworkNamespace(words, base);
    const id = this.#interfaces.add(words, base);
    const message = new ProtoWriter()
      .uint32(1, words[base + NETNS_WORD] ?? 0)
      .uint32(2, words[base + IFINDEX_WORD] ?? 0)
      .string(3, textOf(record, HIT.ifname));
    return this.#announce(id, ENTRY.interface, message);
  }

  #addProcess(record: EventRecord, base: number): number {
    const id = this.#processes.add(record.words, base);
    const task = record.words[base + TASK_WORD] ?? 0;
    const message = new ProtoWriter()
      .uint32(1, task & PWRU_TASK_PID)
      .string(2, textOf(record, HIT.comm))
      .uint32(3, task >>> PWRU_TASK_CONTEXT_SHIFT);
    return this.#announce(id, ENTRY.process, message);
  }

  #addDropReason(key: Int32Array): number {
    const { resets } = this.#dropReasons;
    const id = this.#dropReasons.add(key, 0);
    if (this.#dropReasons.resets !== resets) this.#sentReasons.clear();
    const [reason = 0, verdict = 0] = key;
    this.#newReasons.push({ id, value: { reason: reason >>> 0, verdict } });
    return id;
  }

  #addCodeLocation(words: Int32Array, word: number): number {
    const { resets } = this.#codeLocations;
    const id = this.#codeLocations.add(words, word);
    if (this.#codeLocations.resets !== resets) this.#sentLocations.clear();
    this.#newLocations.push({ id, value: wordPair(words, word) });
    return id;
  }

  #announceNetworkNamespace(words: Int32Array, base: number): void {
    const inode = (words[base + NETNS_WORD] ?? 0) >>> 0;
    if (inode === 0 || this.#networkNamespaces.find(words, base) !== 0) return;
    const id = this.#networkNamespaces.add(words, base);
    const { name, pod, isNode = false } = this.#names.networkNamespaceOf(inode);
    const message = new ProtoWriter().uint32(1, inode).string(2, name);
    if (pod !== undefined) {
      const { namespace, name: podName, uid } = pod;
      message.message(3, new ProtoWriter().string(1, namespace).string(2, podName).string(3, uid));
    }
    this.#announce(id, ENTRY.networkNamespace, message.bool(4, isNode));
  }

  #announce(id: number, field: number, value: ProtoWriter): number {
    putEntry(this.#pending, id, field, value);
    return id;
  }
}

function putEntry(entries: ProtoWriter, id: number, field: number, value: ProtoWriter): void {
  const entry = new ProtoWriter().uint32(ENTRY_ID, id).message(field, value);
  entries.message(ENTRIES_ENTRY, entry);
}

function locationMessage({ symbol, offsetBytes, module }: CodeLocationName): ProtoWriter {
  return new ProtoWriter().string(1, symbol).uint32(2, offsetBytes).string(3, module);
}

function keyOf({ symbol, offsetBytes, module }: CodeLocationName): string {
  return `${symbol}+${offsetBytes} ${module}`;
}

function reasonMessage({ reason, verdict }: JudgedReason, name: string): ProtoWriter {
  const { class: dropClass, note } = verdictOf(verdict);
  return new ProtoWriter().uint32(1, reason).string(2, name).uint32(3, dropClass).string(4, note);
}

function wordPair(words: Int32Array, word: number): bigint {
  const low = BigInt((words[word] ?? 0) >>> 0);
  return (BigInt((words[word + 1] ?? 0) >>> 0) << 32n) | low;
}

/** The NUL-terminated text of a field; bytes that are not UTF-8 become U+FFFD, since proto3 strings must be UTF-8. */
function textOf(
  record: EventRecord,
  field: { readonly offset: number; readonly size: number },
): string {
  const start = record.offset + field.offset;
  const bytes = record.bytes.subarray(start, start + field.size);
  const end = bytes.indexOf(0);
  return text.decode(end < 0 ? bytes : bytes.subarray(0, end));
}
