import type { SkbFunction } from '../btf/skb-functions.ts';
import type { Kallsyms } from '../symbols/kallsyms.ts';
import type { KprobeBlacklist } from '../symbols/kprobe-blacklist.ts';
import type { SymbolEntry } from '../symbols/symbol-table.ts';
import type { TraceableFunctions } from '../symbols/traceable-functions.ts';
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
  /** Needed by the ftrace backends (fentry.multi, kprobe.multi); without it a kprobe plan takes every symbol. */
  readonly traceable: TraceableFunctions | undefined;
  /** Applies to kprobes only. */
  readonly blacklist: KprobeBlacklist | undefined;
}

/** Decides which of the functions found in BTF get a probe and where it goes. Pure: (BTF, symbols) -> plan. */
export function selectFunctions(found: Iterable<FoundFunction>, symbols: KernelSymbols): ProbePlan {
  const attach: PlannedProbe[] = [];
  const refused: RefusedFunction[] = [];
  for (const { module, prototype } of found) {
    const { name, argument, kind } = prototype;
    const reason = unusableArgument(prototype) ?? prototype.obstacle;
    const place = reason === undefined ? locate(name, module, symbols) : { reason };
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

type Place = { readonly address: bigint } | { readonly reason: string };

/** The one address of a function, or why there is none or more than one. */
function locate(name: string, module: string, symbols: KernelSymbols): Place {
  const { kallsyms, traceable, blacklist } = symbols;
  const copies = kallsyms.find(name).filter((entry) => entry.module === module);
  if (copies.length === 0) return { reason: whyNoSymbol(name, module, kallsyms) };
  if (traceable !== undefined && !traceable.has(name, module))
    return { reason: whyNotTraceable(name) };
  if (traceable === undefined && isTracepointGlue(name)) return { reason: GLUE };
  const candidates = copies.length === 1 ? copies : (traceable?.among(copies) ?? copies);
  const [only] = candidates;
  if (only === undefined || candidates.length > 1)
    return { reason: whyAmbiguous(copies, candidates) };
  if (blacklist?.has(only.address) === true) return { reason: 'on the kprobe blacklist' };
  return { address: only.address };
}

function whyNoSymbol(name: string, module: string, kallsyms: Kallsyms): string {
  const clone = kallsyms.clonesOf(name).find((entry) => entry.module === module);
  if (clone !== undefined) return `compiler clone ${clone.name}: its arguments may have moved`;
  return 'no symbol in kallsyms (inlined everywhere)';
}

function whyNotTraceable(name: string): string {
  return isTracepointGlue(name) ? GLUE : 'not in available_filter_functions (notrace or inlined)';
}

function whyAmbiguous(copies: readonly SymbolEntry[], traceable: readonly SymbolEntry[]): string {
  const detail =
    traceable.length === copies.length ? '' : `, ${traceable.length} of them traceable`;
  return `${copies.length} functions of this name${detail}: the one that BTF describes cannot be told`;
}

const GLUE = 'glue between a tracepoint and its consumers, which the kernel does not trace';

/** static notrace functions of include/trace/{perf,bpf_probe,trace_events}.h, one for each tracepoint. */
function isTracepointGlue(name: string): boolean {
  return /^(__bpf_trace_|perf_trace_|trace_event_raw_event_)/.test(name);
}
