import type { SkbFunction } from '../btf/skb-functions.ts';
import {
  type FoundTraceable,
  isPatchedAt,
  type KprobeBlacklist,
  type TraceableFunctions,
} from '../symbols/function-lists.ts';
import type { Kallsyms } from '../symbols/kallsyms.ts';
import type { CodeEntry, FoundSymbols } from '../symbols/symbol-lines.ts';
import type { PlannedProbe, ProbePlan, RefusedFunction } from './probe-plan.ts';
import { roleOf } from './skb-release.ts';
import { unusableArgument } from './unusable-arguments.ts';

/** A function of BTF and the object that it is in ('' is vmlinux). */
export interface FoundFunction {
  readonly module: string;
  readonly prototype: SkbFunction;
}

/** What the running kernel says about its functions. */
export interface KernelSymbols {
  readonly kallsyms: Kallsyms;
  /** Without it a plan takes every symbol: the kernel refuses what it cannot trace. */
  readonly traceable: TraceableFunctions | undefined;
  /** Applies to kprobes only. */
  readonly blacklist: KprobeBlacklist | undefined;
}

/**
 * Decides which of the functions found in BTF get a probe and where it goes. Pure: (BTF, symbols) -> plan.
 * @returns a plan for each of the groups, made with one pass over the symbols.
 */
export function selectFunctions(
  groups: readonly (readonly FoundFunction[])[],
  symbols: KernelSymbols,
): ProbePlan[] {
  const places = new Places(groups.flat(), symbols);
  return groups.map((found) => planOf(found, places));
}

function planOf(group: readonly FoundFunction[], places: Places): ProbePlan {
  const attach: PlannedProbe[] = [];
  const refused: RefusedFunction[] = [];
  for (const found of group) {
    const { module, prototype } = found;
    const { name, argument, kind } = prototype;
    const reason = uselessness(prototype);
    const place = reason === undefined ? places.of(found) : { reason };
    if ('reason' in place) {
      refused.push({ name, module, reason: place.reason });
    } else {
      attach.push({
        name,
        module,
        address: place.address,
        argument,
        kind,
        role: roleOf(name, module),
      });
    }
  }
  return Object.freeze({ attach: Object.freeze(attach), refused: Object.freeze(refused) });
}

/** Why a probe on this function would show nothing, wherever it is. */
function uselessness(prototype: SkbFunction): string | undefined {
  return unusableArgument(prototype) ?? prototype.obstacle;
}

type Place = { readonly address: bigint } | { readonly reason: string };

/** Where functions begin. */
class Places {
  readonly #symbols: KernelSymbols;
  readonly #traceable: FoundTraceable | undefined;
  /** Of those that are traceable once: known without a search by name. */
  readonly #addresses = new Map<FoundFunction, bigint>();
  /** Of the others. */
  readonly #code: FoundSymbols;

  constructor(functions: readonly FoundFunction[], symbols: KernelSymbols) {
    this.#symbols = symbols;
    const wanted = functions.filter(({ prototype }) => uselessness(prototype) === undefined);
    this.#traceable = symbols.traceable?.find(wanted.map(({ prototype }) => prototype.name));
    const others: string[] = [];
    for (const found of wanted) {
      const address = this.#addressByPatch(found);
      if (address === undefined) others.push(found.prototype.name);
      else this.#addresses.set(found, address);
    }
    this.#code = symbols.kallsyms.find(others);
  }

  /** The one address of a function, or why there is none or more than one. */
  of(found: FoundFunction): Place {
    const address = this.#addresses.get(found);
    const place =
      address === undefined ? this.#find(found.prototype.name, found.module) : { address };
    if ('reason' in place || this.#symbols.blacklist?.has(place.address) !== true) return place;
    return { reason: 'on the kprobe blacklist' };
  }

  /** The symbol at the one place where ftrace patches a function of this name. */
  #addressByPatch({ module, prototype: { name } }: FoundFunction): bigint | undefined {
    const patched = this.#traceable?.patchedAddress(name, module);
    if (patched === undefined) return undefined;
    const symbol = this.#symbols.kallsyms.nearest(patched);
    if (symbol?.symbol !== name || symbol.module !== module) return undefined;
    const address = patched - BigInt(symbol.offsetBytes);
    return isPatchedAt(patched, address) ? address : undefined;
  }

  #find(name: string, module: string): Place {
    const traceable = this.#traceable;
    const copies = this.#code.of(name).filter((entry) => entry.module === module);
    if (copies.length === 0) return { reason: whyNoSymbol(name, module, this.#code) };
    if (traceable !== undefined && !traceable.has(name, module))
      return { reason: whyNotTraceable(name) };
    if (traceable === undefined && isTracepointGlue(name)) return { reason: GLUE };
    const candidates = copies.length === 1 ? copies : (traceable?.among(copies) ?? copies);
    const [only] = candidates;
    if (only === undefined || candidates.length > 1)
      return { reason: whyAmbiguous(copies, candidates) };
    return { address: only.address };
  }
}

function whyNoSymbol(name: string, module: string, code: FoundSymbols): string {
  const clone = code.clonesOf(name).find((entry) => entry.module === module);
  if (clone !== undefined) return `compiler clone ${clone.name}: its arguments may have moved`;
  return 'no symbol in kallsyms (inlined everywhere)';
}

function whyNotTraceable(name: string): string {
  return isTracepointGlue(name) ? GLUE : 'not in available_filter_functions (notrace or inlined)';
}

function whyAmbiguous(copies: readonly CodeEntry[], traceable: readonly CodeEntry[]): string {
  const detail =
    traceable.length === copies.length ? '' : `, ${traceable.length} of them traceable`;
  return `${copies.length} functions of this name${detail}: the one that BTF describes cannot be told`;
}

const GLUE = 'glue between a tracepoint and its consumers, which the kernel does not trace';

/** static notrace functions of include/trace/{perf,bpf_probe,trace_events}.h, one for each tracepoint. */
function isTracepointGlue(name: string): boolean {
  return /^(__bpf_trace_|perf_trace_|trace_event_raw_event_)/.test(name);
}
