import type { Btf } from '../core/btf/btf.ts';
import { DropReasons } from '../core/btf/drop-reasons.ts';
import { PwruError } from '../core/errors.ts';
import {
  type NamePattern,
  narrowPlans,
  type ProbePlan,
  type TracepointPlan,
} from '../core/probe/probe-plan.ts';
import { selectTracepoints } from '../core/probe/select-tracepoints.ts';
import type { CodeRange, CodeSymbol } from '../core/symbols/code-symbol.ts';
import {
  KprobeBlacklist,
  type LoadedModule,
  parseLoadedModules,
  TraceableFunctions,
} from '../core/symbols/function-lists.ts';
import { Kallsyms } from '../core/symbols/kallsyms.ts';
import type { PatchSites } from './bpf/patch-sites.ts';
import type { KernelFiles } from './kernel-files.ts';
import { KnownPlans } from './known-plans.ts';
import { ModuleTypes } from './module-types.ts';
import { RationedRead } from './rationed-read.ts';
import { selectNames } from './select-names.ts';
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

/** What is read again when modules are loaded or unloaded. */
interface ModuleSet {
  readonly fingerprint: string;
  readonly modules: readonly LoadedModule[];
  /** By the name of the module, in the order of /proc/modules. */
  readonly types: ReadonlyMap<string, SharedRead<ModuleTypes | undefined>>;
  readonly kallsyms: SharedRead<Kallsyms>;
  /** As last read while it was these modules that were loaded. */
  symbols: Kallsyms | undefined;
  readonly traceable: SharedRead<TraceableFunctions>;
  /** Whole plans: those of the ftrace backends, which all see the same functions, and those of plain kprobes. */
  readonly plans: Readonly<Record<'ftrace' | 'kprobe', KnownPlans>>;
  readonly dropReasons: SharedRead<DropReasons>;
}

/** What is to be named. */
export interface Unnamed {
  /** Of code. */
  readonly addresses: readonly bigint[];
  readonly dropReasons: readonly number[];
}

/**
 * What this kernel's functions are, where they are, and what its numbers are called. Reads each file when it is first
 * needed, once for all sessions, and again when the set of loaded modules has changed: each request checks that with one
 * read of /proc/modules. A read that fails is tried again by the next request.
 *
 * Names can be asked for without waiting, as last read; `settle` first sees to it that they are right.
 */
export class FunctionCatalogue {
  readonly #files: KernelFiles;
  readonly #patchSites: PatchSites | undefined;
  readonly #programCode: () => readonly CodeRange[] | undefined;
  readonly #vmlinux: SharedRead<ModuleTypes>;
  readonly #blacklist: SharedRead<KprobeBlacklist | undefined>;
  readonly #reread: RationedRead;
  #moduleSet: ModuleSet | undefined;
  #symbols: Kallsyms | undefined;
  /** Of the read that gave them. */
  #symbolsRead = 0;
  #symbolReads = 0;
  #hasHiddenSymbols = false;
  #dropReasons = new DropReasons([]);
  #dropReasonsOf: ModuleSet | undefined;
  #nameRevision = 0;

  /**
   * @param parts.programCode where BPF programs lie; undefined where that is not known
   * @param parts.patchSites for a kernel whose list of functions that can be traced cannot be read
   */
  constructor(
    files: KernelFiles,
    {
      programCode = () => undefined,
      patchSites,
    }: {
      readonly programCode?: () => readonly CodeRange[] | undefined;
      readonly patchSites?: PatchSites;
    } = {},
  ) {
    this.#files = files;
    this.#programCode = programCode;
    this.#patchSites = patchSites;
    this.#vmlinux = new SharedRead(async () => ModuleTypes.ofVmlinux(await files.vmlinuxBtf()));
    this.#blacklist = new SharedRead(async () => {
      const text = await files.kprobeBlacklist();
      return text === undefined ? undefined : new KprobeBlacklist(text);
    });
    this.#reread = new RationedRead(async () => {
      await (await this.#currentModules()).kallsyms.again();
    });
  }

  /** Reads what a plan is made from, all at the same time. What cannot be read: the request that needs it says why. */
  async warm(): Promise<void> {
    const set = await this.#currentModules().catch(nothing);
    if (set === undefined) return;
    await Promise.allSettled([this.#vmlinux.value(), set.kallsyms.value(), set.traceable.value()]);
  }

  /** Reads what the methods that do not wait need: symbolize, dropReasonName. What cannot be read stays unknown. */
  async warmNames(): Promise<void> {
    const set = await this.#currentModules().catch(nothing);
    if (set === undefined) return;
    await Promise.allSettled([set.kallsyms.value(), this.#readDropReasons(set)]);
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
      set.kallsyms.value(),
      // Without the list the kernel says when it is to attach which functions it cannot trace.
      set.traceable.value().catch(nothing),
      backend === 'kprobe' ? this.#blacklist.value().catch(nothing) : undefined,
    ]);
    const known = set.plans[backend === 'kprobe' ? 'kprobe' : 'ftrace'];
    const plans = known.of(objects, { kallsyms, traceable, blacklist });
    const sites = backend === 'kprobe.multi' && traceable === undefined && this.#patchSites;
    const sifted = sites ? await Promise.all(plans.map((plan) => sites.sift(plan))) : plans;
    const names = sifted.flatMap(({ attach, refused }) => [...attach, ...refused]).map(nameOf);
    return narrowPlans(sifted, pattern && (await selectNames(names, pattern)));
  }

  /**
   * Decides which of the raw tracepoints that take an skb get a probe.
   * @throws PwruError NOT_FOUND, KERNEL_FEATURE_MISSING, PRIVILEGE_MISSING as `plan`.
   */
  async tracepoints({ pattern, modules }: FunctionRequest): Promise<TracepointPlan> {
    const objects = await this.#typesOf(await this.#currentModules(), modules);
    const found = objects.flatMap(({ module, tracepoints }) =>
      tracepoints.map((tracepoint) => ({ module, ...tracepoint })),
    );
    const names = pattern && (await selectNames(found.map(nameOf), pattern));
    return selectTracepoints(found.filter(({ name }) => names?.has(name) !== false));
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

  /** The function at a code address, as last read; undefined when none is known there, and before `warm`. */
  symbolize(address: bigint): CodeSymbol | undefined {
    return this.#symbols?.nearest(address);
  }

  /** Name of a drop reason, as last read; the decimal value when the kernel has none for it, and before `warm`. */
  dropReasonName(value: number): string {
    return this.#dropReasons.nameOf(value);
  }

  /** Grows when `symbolize` or `dropReasonName` may say something else than before. */
  get nameRevision(): number {
    return this.#nameRevision;
  }

  /** Whether the address is of vmlinux's code: what `symbolize` says of it never changes. */
  isVmlinux(address: bigint): boolean {
    return this.#symbols?.isVmlinux(address) === true;
  }

  /**
   * Undefined when `symbolize` and `dropReasonName` have nothing more to learn about these. Else settles when they are right
   * for all that happened before the call: modules, BPF programs and trampolines come and go. It may take as long as a read of
   * kallsyms (10 ms; under emulation 0.5 s) and the pause since the last one.
   * @returns false when the kernel's tables cannot be read any more. Never rejects.
   */
  settle({ addresses, dropReasons }: Unnamed): Promise<boolean> | undefined {
    const symbols = this.#symbols;
    const moving =
      symbols === undefined ? [] : addresses.filter((address) => !symbols.isVmlinux(address));
    const strange = dropReasons.filter(
      (value) => isOfSubsystem(value) && !this.#dropReasons.has(value),
    );
    if (moving.length === 0 && strange.length === 0) return undefined;
    return this.#settle(moving, strange.length > 0).catch(() => false);
  }

  /** Reads the kernel's symbols and modules again; settles when that is done. Never rejects. */
  async refreshSymbols(): Promise<void> {
    if (this.#symbols !== undefined) await this.#reread.again();
  }

  /** The modules that are loaded now. @throws PwruError as `plan`. */
  async loadedModules(): Promise<readonly LoadedModule[]> {
    return (await this.#currentModules()).modules;
  }

  /** What the BTF of a loaded module says; undefined when it has none that can be read. Never rejects. */
  async moduleTypes(module: string): Promise<ModuleTypes | undefined> {
    const types = this.#moduleSet?.types.get(module);
    return types?.value().catch(nothing);
  }

  /** Names of loaded modules that have no BTF, or none that can be read: `modules: 'all'` leaves them out. */
  async modulesWithoutTypes(): Promise<string[]> {
    const { modules } = await this.#currentModules();
    const types = await Promise.all(modules.map(({ name }) => this.moduleTypes(name)));
    return modules.filter((_, index) => types[index] === undefined).map(({ name }) => name);
  }

  /** Why no code address has a name; undefined when they have, and when it is not known why. */
  async whyNoNames(): Promise<string | undefined> {
    if (!this.#hasHiddenSymbols || this.#symbols !== undefined) return undefined;
    const restriction = await this.#files.kptrRestrict();
    return restriction === 2
      ? 'kernel.kptr_restrict is 2 (sysctl kernel.kptr_restrict=1 helps; no privilege does)'
      : 'the kernel hides addresses from this process (CAP_SYSLOG is missing)';
  }

  async #settle(addresses: readonly bigint[], hasStrangeReasons: boolean): Promise<boolean> {
    const before = this.#symbols;
    const set = await this.#currentModules();
    const reasons =
      hasStrangeReasons && this.#dropReasonsOf !== set ? this.#readDropReasons(set) : undefined;
    const isSure = (address: bigint) =>
      before?.isVmlinux(address) === true || before?.isInsideModule(address) === true;
    const isSame = set.symbols !== undefined && set.symbols === before;
    const isKnown = addresses.length === 0 || (isSame && addresses.every(isSure));
    const isRead = isKnown || (await this.#reread.again());
    await reasons?.catch(nothing);
    return isRead;
  }

  async #currentModules(): Promise<ModuleSet> {
    const modules = parseLoadedModules(await this.#files.loadedModules());
    const fingerprint = modules.map((module) => module.fingerprint).join('\n');
    const known = this.#moduleSet;
    if (known?.fingerprint === fingerprint) return known;
    const set = this.#newModuleSet(modules, fingerprint);
    this.#moduleSet = set;
    return set;
  }

  #newModuleSet(modules: readonly LoadedModule[], fingerprint: string): ModuleSet {
    const files = this.#files;
    const known = this.#moduleSet;
    const stayed = new Set(known?.modules.map((module) => module.fingerprint));
    const types = new Map(
      modules.map(({ name, fingerprint: own }) => [
        name,
        (stayed.has(own) ? known?.types.get(name) : undefined) ??
          new SharedRead(() => this.#readModule(name)),
      ]),
    );
    const set: ModuleSet = {
      fingerprint,
      modules,
      types,
      symbols: undefined,
      kallsyms: new SharedRead(() => this.#readKallsyms(set)),
      traceable: new SharedRead(async () => {
        const { text, addresses } = await files.traceableFunctions();
        return new TraceableFunctions(text, { addresses });
      }),
      plans: { ftrace: new KnownPlans(), kprobe: new KnownPlans() },
      dropReasons: new SharedRead(async () => {
        const objects = [await this.#vmlinux.value(), ...(await readableTypes(types))];
        return new DropReasons(objects.map(({ btf }) => btf));
      }),
    };
    return set;
  }

  async #readKallsyms(set: ModuleSet): Promise<Kallsyms> {
    const read = ++this.#symbolReads;
    try {
      const text = await this.#files.kallsyms(this.#symbols?.text);
      const symbols = new Kallsyms(text, { modules: set.modules, programs: this.#programCode() });
      if (read > this.#symbolsRead) {
        this.#symbolsRead = read;
        this.#symbols = symbols;
        this.#nameRevision++;
        set.symbols = symbols;
      }
      this.#hasHiddenSymbols = false;
      return symbols;
    } catch (failure) {
      this.#hasHiddenSymbols = failure instanceof PwruError && failure.code === 'PRIVILEGE_MISSING';
      throw failure;
    }
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

  async #readDropReasons(set: ModuleSet): Promise<void> {
    const dropReasons = await set.dropReasons.value();
    this.#dropReasonsOf = set;
    if (this.#dropReasons === dropReasons) return;
    this.#dropReasons = dropReasons;
    this.#nameRevision++;
  }
}

/** Of the modules that have BTF which can be read. */
async function readableTypes(types: ModuleSet['types']): Promise<ModuleTypes[]> {
  const found = await Promise.all([...types.values()].map((read) => read.value().catch(nothing)));
  return found.filter((module) => module !== undefined);
}

/** Of a subsystem that may be a module: its number is in the high half (include/net/dropreason.h, Linux 6.4). */
function isOfSubsystem(value: number): boolean {
  return value >>> 16 !== 0;
}

function nameOf({ name }: { readonly name: string }): string {
  return name;
}

function nothing(): undefined {
  return undefined;
}

function moduleNotFound(module: string, why: string): PwruError {
  return new PwruError('NOT_FOUND', `Cannot probe module "${module}": ${why}`, { subject: module });
}
