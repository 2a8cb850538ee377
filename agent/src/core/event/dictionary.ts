import { verdictOf } from '../drops/drop-class.ts';
import { DropJudge } from '../drops/drop-judge.ts';
import type { EventNames } from './event-names.ts';
import type { EventRecord } from './event-record.ts';
import { EVENT } from './layout.ts';
import { ProtoWriter } from './proto-writer.ts';
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

const DROP_REASON_WORD = wordOf(EVENT.drop_reason);
const NETNS_WORD = wordOf(EVENT.netns);
const IFINDEX_WORD = wordOf(EVENT.ifindex);
const TGID_WORD = wordOf(EVENT.tgid);

/** Most keys that are remembered per kind; see WordInterner for what happens beyond. */
const maxEntries = {
  functions: 1 << 16,
  interfaces: 1 << 14,
  processes: 1 << 14,
  dropReasons: 1 << 12,
  codeLocations: 1 << 16,
  networkNamespaces: 1 << 14,
} as const;

const text = new TextDecoder();

/**
 * Numbers for what has a name (functions, interfaces, processes, drop reasons, code locations, network namespaces), and
 * the pwru.v1.DictionaryEntry of each new number, which has to be sent before the events that use it.
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
  readonly #pending = new ProtoWriter();

  /** @param hashSeed any 32 bits that strangers do not know. */
  constructor(names: EventNames, hashSeed: number) {
    const interner = (wordOffsets: readonly number[], kind: keyof typeof maxEntries) =>
      new WordInterner(wordOffsets, { maxEntries: maxEntries[kind], seed: hashSeed });
    this.#names = names;
    this.#functions = interner(wordsOf(EVENT.func), 'functions');
    this.#interfaces = interner([NETNS_WORD, IFINDEX_WORD, ...wordsOf(EVENT.ifname)], 'interfaces');
    this.#processes = interner([TGID_WORD, ...wordsOf(EVENT.comm)], 'processes');
    this.#dropReasons = interner([0, 1], 'dropReasons');
    this.#judge = new DropJudge(names);
    this.#codeLocations = interner([0, 1], 'codeLocations');
    this.#networkNamespaces = interner([NETNS_WORD], 'networkNamespaces');
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
      this.#networkNamespaces.resets
    );
  }

  /** Bytes of entries that `take` would return. */
  get pendingBytes(): number {
    return this.#pending.length;
  }

  /** An encoded pwru.v1.TraceResponse with the entries that are new since the last call; undefined without any. */
  take(): Uint8Array | undefined {
    if (this.#pending.length === 0) return undefined;
    const response = new ProtoWriter().message(RESPONSE_DICTIONARY, this.#pending);
    this.#pending.clear();
    return response.view();
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

  dropReasonId(record: EventRecord): number {
    const key = this.#dropKey;
    key[0] = record.words[(record.offset >>> 2) + DROP_REASON_WORD] ?? 0;
    key[1] = this.#judge.verdictAlone(record);
    const known = this.#dropReasons.find(key, 0);
    return known !== 0 ? known : this.#addDropReason(key);
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

  #addFunction(words: Int32Array, base: number): number {
    const id = this.#functions.add(words, base);
    const { name, module, tracepoint } = this.#names.functionAt(
      wordPair(words, base + wordOf(EVENT.func)),
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
      .string(3, textOf(record, EVENT.ifname));
    return this.#announce(id, ENTRY.interface, message);
  }

  #addProcess(record: EventRecord, base: number): number {
    const id = this.#processes.add(record.words, base);
    const message = new ProtoWriter()
      .uint32(1, record.words[base + TGID_WORD] ?? 0)
      .string(2, textOf(record, EVENT.comm));
    return this.#announce(id, ENTRY.process, message);
  }

  #addDropReason(key: Int32Array): number {
    const id = this.#dropReasons.add(key, 0);
    const value = (key[0] ?? 0) >>> 0;
    const verdict = verdictOf(key[1] ?? 0);
    const message = new ProtoWriter()
      .uint32(1, value)
      .string(2, this.#names.dropReasonName(value))
      .uint32(3, verdict.class)
      .string(4, verdict.note);
    return this.#announce(id, ENTRY.dropReason, message);
  }

  #addCodeLocation(words: Int32Array, word: number): number {
    const id = this.#codeLocations.add(words, word);
    const { symbol, offsetBytes, module } = this.#names.codeLocationAt(wordPair(words, word));
    const message = new ProtoWriter().string(1, symbol).uint32(2, offsetBytes).string(3, module);
    return this.#announce(id, ENTRY.codeLocation, message);
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
    const entry = new ProtoWriter().uint32(ENTRY_ID, id).message(field, value);
    this.#pending.message(ENTRIES_ENTRY, entry);
    return id;
  }
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
