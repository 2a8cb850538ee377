import type { Btf } from '../core/btf/btf.ts';
import { DropReasons } from '../core/drops/drop-reasons.ts';
import { PwruError } from '../core/errors.ts';
import { type NamePattern, narrowPlans } from '../core/probe/narrow-plans.ts';
import type { ProbePlan, TracepointPlan } from '../core/probe/probe-plan.ts';
import { type KernelSymbols, selectFunctions } from '../core/probe/select-functions.ts';
import { selectTracepoints } from '../core/probe/select-tracepoints.ts';
import type { CodeSymbol } from '../core/symbols/code-addresses.ts';
import { Kallsyms } from '../core/symbols/kallsyms.ts';
import { KprobeBlacklist } from '../core/symbols/kprobe-blacklist.ts';
import { type LoadedModule, parseLoadedModules } from '../core/symbols/loaded-modules.ts';
import { TraceableFunctions } from '../core/symbols/traceable-functions.ts';
import type { KernelFiles } from './kernel-files.ts';
import { ModuleTypes } from './module-types.ts';
import type { PatchSites } from './patch-sites.ts';
import { SharedRead } from './shared-read.ts';

/** Which functions a trace may probe. */
export interface FunctionRequest {
  /** Selects by whole name; undefined selects all. */
  readonly pattern: NamePattern | undefined;
  /** Modules beside vmlinux: all that are loaded and have BTF, or these. */
  readonly modules: 'all' | readonly string[];
}

export interface ProbePlanRequest extends FunctionRequest {
  readonly backend: 'kprobe.multi' | 'kprobe';
}

/** Plans that hold as long as the kernel says the same: what could not be read at first may be there later. */
interface KnownPlans {
  readonly symbols: KernelSymbols;
  readonly byTypes: Map<ModuleTypes, ProbePlan>;
}

/** What is read anew when modules come or go. */
interface ModuleSet {
  readonly fingerprint: string;
  /** By the name of the module, in the order of /proc/modules. */
  readonly types: ReadonlyMap<string, SharedRead<ModuleTypes | undefined>>;
  readonly kallsyms: SharedRead<Kallsyms>;
  readonly traceable: SharedRead<TraceableFunctions>;
  /** Whole plans: those of the ftrace backends, which all see the same functions, and those of plain kprobes. */
  readonly plans: Map<'ftrace' | 'kprobe', KnownPlans>;
  readonly dropReasons: SharedRead<DropReasons>;
}

/**
 * What this kernel's functions are, where they are, and what its numbers are called. Reads each file when it is first
 * needed, once for all sessions, and again only when the set of loaded modules has changed: each request checks that
 * with one read of /proc/modules. A read that fails is tried again by the next request.
 */
export class FunctionCatalogue {
  readonly #files: KernelFiles;
  readonly #patchSites: PatchSites | undefined;
  readonly #vmlinux: SharedRead<ModuleTypes>;
  readonly #blacklist: SharedRead<KprobeBlacklist | undefined>;
  #moduleSet: ModuleSet | undefined;
  #symbols: Kallsyms | undefined;
  #dropReasons = new DropReasons([]);

  /** @param patchSites for a kernel whose list of functions that can be traced cannot be read. */
  constructor(files: KernelFiles, patchSites?: PatchSites) {
    this.#files = files;
    this.#patchSites = patchSites;
    this.#vmlinux = new SharedRead(async () => ModuleTypes.ofVmlinux(await files.vmlinuxBtf()));
    this.#blacklist = new SharedRead(async () => {
      const text = await files.kprobeBlacklist();
      return text === undefined ? undefined : new KprobeBlacklist(text);
    });
  }

  /** Reads what a plan is made from, all at the same time. What cannot be read: the request that needs it says why. */
  async warm(): Promise<void> {
    const set = await this.#currentModules().catch(nothing);
    if (set === undefined) return;
    await Promise.allSettled([
      this.#vmlinux.value(),
      this.#readSymbols(set),
      set.traceable.value(),
    ]);
  }

  /** Reads what the methods that do not wait need: symbolize, dropReasonName. What cannot be read stays unknown. */
  async warmNames(): Promise<void> {
    const set = await this.#currentModules().catch(nothing);
    if (set === undefined) return;
    await Promise.allSettled([this.#readSymbols(set), this.#readDropReasons(set)]);
  }

  /**
   * Decides which functions get a probe.
   * @throws PwruError NOT_FOUND for a module that is not loaded or has no BTF; KERNEL_FEATURE_MISSING and
   * PRIVILEGE_MISSING for a file that the backend cannot do without.
   */
  async plan({ backend, pattern, modules }: ProbePlanRequest): Promise<ProbePlan> {
    const set = await this.#currentModules();
    const [objects, kallsyms, traceable, blacklist] = await Promise.all([
      this.#typesOf(set, modules),
      this.#readSymbols(set),
      // Without the list the kernel says when it is to attach which functions it cannot trace.
      set.traceable.value().catch(nothing),
      backend === 'kprobe' ? this.#blacklist.value().catch(nothing) : undefined,
    ]);
    const known = knownPlans(set, backend === 'kprobe' ? 'kprobe' : 'ftrace', {
      kallsyms,
      traceable,
      blacklist,
    });
    const plans = plansOf(objects, known);
    const sites = backend === 'kprobe.multi' && traceable === undefined && this.#patchSites;
    return narrowPlans(
      sites ? await Promise.all(plans.map((plan) => sites.sift(plan))) : plans,
      pattern,
    );
  }

  /**
   * Decides which of the raw tracepoints that take an skb get a probe.
   * @throws PwruError NOT_FOUND, KERNEL_FEATURE_MISSING, PRIVILEGE_MISSING as `plan`.
   */
  async tracepoints({ pattern, modules }: FunctionRequest): Promise<TracepointPlan> {
    const objects = await this.#typesOf(await this.#currentModules(), modules);
    return selectTracepoints(
      objects.flatMap(({ module, tracepoints }) =>
        tracepoints
          .filter(({ name }) => pattern === undefined || pattern.testExact(name))
          .map((tracepoint) => ({ module, ...tracepoint })),
      ),
    );
  }

  /** Types of vmlinux, for feature checks. @throws PwruError KERNEL_FEATURE_MISSING, PRIVILEGE_MISSING. */
  async vmlinux(): Promise<Btf> {
    return (await this.#vmlinux.value()).btf;
  }

  /** Why the list of functions that can be traced cannot be read; undefined when it can. */
  async whyFunctionsAreUnlisted(): Promise<PwruError | undefined> {
    const { traceable } = await this.#currentModules();
    return traceable.value().then(nothing, (thrown: unknown) => {
      if (thrown instanceof PwruError) return thrown;
      throw thrown;
    });
  }

  /** The symbol at or nearest below a code address, as last read; undefined when there is none, or before `warm`. */
  symbolize(address: bigint): CodeSymbol | undefined {
    return this.#symbols?.nearest(address);
  }

  /** Name of a drop reason, as last read; the decimal value when the kernel has none for it, and before `warm`. */
  dropReasonName(value: number): string {
    return this.#dropReasons.nameOf(value);
  }

  async #currentModules(): Promise<ModuleSet> {
    const modules = parseLoadedModules(await this.#files.loadedModules());
    const fingerprint = modules.map((module) => module.fingerprint).join('\n');
    if (this.#moduleSet?.fingerprint !== fingerprint)
      this.#moduleSet = this.#newModuleSet(modules, fingerprint);
    return this.#moduleSet;
  }

  #newModuleSet(modules: readonly LoadedModule[], fingerprint: string): ModuleSet {
    const files = this.#files;
    const types = new Map(
      modules.map(({ name }) => [name, new SharedRead(() => this.#readModule(name))]),
    );
    return {
      fingerprint,
      types,
      kallsyms: new SharedRead(async () => new Kallsyms(await files.kallsyms())),
      traceable: new SharedRead(async () => {
        const { text, addresses } = await files.traceableFunctions();
        return new TraceableFunctions(text, { addresses });
      }),
      plans: new Map(),
      dropReasons: new SharedRead(async () => {
        const objects = [await this.#vmlinux.value(), ...(await readableTypes(types))];
        return new DropReasons(objects.map(({ btf }) => btf));
      }),
    };
  }

  async #readModule(module: string): Promise<ModuleTypes | undefined> {
    const [vmlinux, bytes] = await Promise.all([
      this.#vmlinux.value(),
      this.#files.moduleBtf(module),
    ]);
    return bytes === undefined ? undefined : ModuleTypes.ofModule(module, bytes, vmlinux);
  }

  /** vmlinux first, then the modules. A module that was not named is left out when its BTF cannot be read. */
  async #typesOf(set: ModuleSet, modules: 'all' | readonly string[]): Promise<ModuleTypes[]> {
    const vmlinux = await this.#vmlinux.value();
    const found =
      modules === 'all'
        ? await readableTypes(set.types)
        : await Promise.all(modules.map((module) => this.#namedTypes(set, module)));
    return [vmlinux, ...found];
  }

  async #namedTypes(set: ModuleSet, module: string): Promise<ModuleTypes> {
    const types = set.types.get(module);
    if (types === undefined) {
      throw moduleNotFound(
        module,
        'it is not loaded (what is built into the kernel is probed without naming it)',
      );
    }
    const found = await types.value();
    if (found === undefined)
      throw moduleNotFound(module, `it has no BTF (no /sys/kernel/btf/${module})`);
    return found;
  }

  async #readSymbols(set: ModuleSet): Promise<Kallsyms> {
    const kallsyms = await set.kallsyms.value();
    this.#symbols = kallsyms;
    return kallsyms;
  }

  async #readDropReasons(set: ModuleSet): Promise<void> {
    this.#dropReasons = await set.dropReasons.value();
  }
}

/** Of the modules that have BTF which can be read. */
async function readableTypes(types: ModuleSet['types']): Promise<ModuleTypes[]> {
  const found = await Promise.all([...types.values()].map((read) => read.value().catch(nothing)));
  return found.filter((module) => module !== undefined);
}

function knownPlans(
  { plans }: ModuleSet,
  kind: 'ftrace' | 'kprobe',
  symbols: KernelSymbols,
): KnownPlans {
  const known = plans.get(kind);
  const { kallsyms, traceable, blacklist } = known?.symbols ?? {};
  if (
    known !== undefined &&
    kallsyms === symbols.kallsyms &&
    traceable === symbols.traceable &&
    blacklist === symbols.blacklist
  )
    return known;
  const fresh: KnownPlans = { symbols, byTypes: new Map() };
  plans.set(kind, fresh);
  return fresh;
}

/** The plans of these objects; those that are not known yet are made in one pass over the symbols. */
function plansOf(
  objects: readonly ModuleTypes[],
  { symbols, byTypes }: KnownPlans,
): readonly ProbePlan[] {
  const missing = objects.filter((types) => !byTypes.has(types));
  const groups = missing.map(({ module, functions }) =>
    functions.map((prototype) => ({ module, prototype })),
  );
  const made = missing.length === 0 ? [] : selectFunctions(groups, symbols);
  for (const [index, plan] of made.entries()) {
    const types = missing[index];
    if (types !== undefined) byTypes.set(types, plan);
  }
  return objects.flatMap((types) => byTypes.get(types) ?? []);
}

function nothing(): undefined {
  return undefined;
}

function moduleNotFound(module: string, why: string): PwruError {
  return new PwruError('NOT_FOUND', `Cannot probe module "${module}": ${why}`, { subject: module });
}
