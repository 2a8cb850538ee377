import type {
  CodeLocationName,
  EventNames,
  FunctionName,
  NetworkNamespaceName,
  UnsettledNames,
} from '../../core/record/event-names.ts';
import { PWRU_SLOT_LIMIT } from '../../core/record/layout.ts';
import type { CodeRange } from '../../core/symbols/code-symbol.ts';
import type { FunctionCatalogue } from '../../kernel/function-catalogue.ts';
import type { PlaceTable } from '../source/places.ts';
import type { NamespaceNames } from '../stream/namespace-names.ts';

export interface SessionNamesParts {
  readonly catalogue: FunctionCatalogue;
  readonly places: PlaceTable;
  /** Not owned. */
  readonly namespaces: NamespaceNames;
  /** Where the session's own programs lie. */
  readonly ownCode: readonly CodeRange[];
}

/** What kallsyms calls the module of a BPF program or trampoline. */
const bpfModule = 'bpf';

/** What is said of BPF programs is at most this old: nothing tells that one has gone and another has its place. */
const bpfNamesAgeMs = 30_000;

/** What has no name is asked for again after this, then after twice as long, and so on. */
const unnamedAgeMs = { first: 1_000, last: 32_000 } as const;

/** endbr64: on kernels with IBT a kprobe lies behind it, and 5.18 and 5.19 report that place (get_entry_ip came with 6.0). */
const entryInstructionBytes = 4n;

/**
 * What calls a program from a tracepoint (kernel/trace/bpf_trace.c, include/trace/bpf_probe.h, include/linux/tracepoint.h):
 * between the function that is traced and the program there is nothing else.
 */
const tracepointGlue = /^(bpf_trace_run\d+|__bpf_trace_\w+|__traceiter_\w+)$/;

/** What the numbers in one session's records are called. */
export class SessionNames implements EventNames {
  readonly #parts: SessionNamesParts;
  /** When the first name of a BPF program, and the first address without a name, came after the last read; undefined: none did. */
  #bpfNamesAtMs: number | undefined;
  #unnamedAtMs: number | undefined;
  #unnamedAgeMs: number = unnamedAgeMs.first;

  constructor(parts: SessionNamesParts) {
    this.#parts = parts;
  }

  get revision(): number {
    return this.#parts.catalogue.nameRevision;
  }

  /** As it was planned: which function a probe is on is known without a look at symbols. */
  functionAt(address: bigint): FunctionName {
    const { places } = this.#parts;
    const planned = places.of(address);
    if (planned !== undefined) return planned;
    if (address < BigInt(PWRU_SLOT_LIMIT))
      return { name: `slot ${address}`, module: '', tracepoint: true };
    const unnamed = { name: hexadecimal(address), module: '', tracepoint: false };
    return places.of(address - entryInstructionBytes) ?? unnamed;
  }

  codeLocationAt(address: bigint, isSettled: boolean): CodeLocationName {
    const { catalogue } = this.#parts;
    const found =
      isSettled || catalogue.isVmlinux(address) ? catalogue.symbolize(address) : undefined;
    if (found === undefined) this.#unnamedAtMs ??= performance.now();
    if (found?.module === bpfModule) this.#bpfNamesAtMs ??= performance.now();
    return found ?? { symbol: hexadecimal(address), offsetBytes: 0, module: '' };
  }

  dropReasonName(value: number): string {
    return this.#parts.catalogue.dropReasonName(value);
  }

  networkNamespaceOf(inode: number): NetworkNamespaceName {
    return this.#parts.namespaces.of(inode);
  }

  settle(names: UnsettledNames): Promise<boolean> | undefined {
    return this.#parts.catalogue.settle(names);
  }

  isTracingCode(address: bigint): boolean {
    const { ownCode, catalogue } = this.#parts;
    if (ownCode.some(({ begin, end }) => address >= begin && address < end)) return true;
    return tracepointGlue.test(catalogue.symbolize(address)?.symbol ?? '');
  }

  /** To be called from time to time: reads the kernel's symbols again when names that were given may be outdated. */
  keepFresh(): void {
    const isUnnamedDue = isOlder(this.#unnamedAtMs, this.#unnamedAgeMs);
    if (!isUnnamedDue && !isOlder(this.#bpfNamesAtMs, bpfNamesAgeMs)) return;
    if (isUnnamedDue) this.#unnamedAgeMs = Math.min(2 * this.#unnamedAgeMs, unnamedAgeMs.last);
    this.#unnamedAtMs = undefined;
    this.#bpfNamesAtMs = undefined;
    void this.#parts.catalogue.refreshSymbols();
  }
}

function isOlder(sinceMs: number | undefined, ageMs: number): boolean {
  return sinceMs !== undefined && performance.now() - sinceMs >= ageMs;
}

function hexadecimal(address: bigint): string {
  return `0x${address.toString(16)}`;
}
