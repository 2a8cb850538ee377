import { PwruError } from '../../core/errors.ts';
import type { NamePattern } from '../../core/probe/probe-plan.ts';
import { unusableArgument } from '../../core/probe/unusable-arguments.ts';
import type { LoadedModule } from '../../core/symbols/function-lists.ts';
import type { FunctionCatalogue } from '../../kernel/function-catalogue.ts';
import type { ModuleTypes } from '../../kernel/module-types.ts';
import { selectNames } from '../../kernel/select-names.ts';

/** /proc/modules is read this often: a few KB. */
const intervalMs = 1_000;

/** So many are told by name; then once that there are more. */
const mostNotices = 32;

/** What a session would trace of a module. */
export interface TraceableKind {
  /** `function`, `tracepoint` */
  readonly noun: string;
  /** How many of these a module has, by its types. */
  readonly countIn: (types: ModuleTypes) => Promise<number>;
}

/** @param pattern what the session selects; undefined: all */
export function traceableKind(backend: string, pattern: NamePattern | undefined): TraceableKind {
  const countSelected = async (things: ReadonlyArray<{ readonly name: string }>) => {
    if (pattern === undefined) return things.length;
    const names = things.map(({ name }) => name);
    const selected = await selectNames(names, pattern);
    return names.filter((name) => selected.has(name)).length;
  };
  if (backend === 'tracepoint') {
    return { noun: 'tracepoint', countIn: ({ tracepoints }) => countSelected(tracepoints) };
  }
  return {
    noun: 'function',
    countIn: ({ functions }) =>
      countSelected(
        functions.filter(
          (prototype) =>
            prototype.obstacle === undefined && unusableArgument(prototype) === undefined,
        ),
      ),
  };
}

/** What a session has attached in a module that came. */
export interface ModuleProbes {
  readonly attached: number;
  readonly refused: ReadonlyArray<{ readonly name: string; readonly reason: string }>;
  detach(): Promise<void>;
}

export interface ModuleWatchOptions {
  readonly catalogue: FunctionCatalogue;
  /** Those that were there when the session chose its probes. */
  readonly known: readonly LoadedModule[];
  readonly kind: TraceableKind;
  /** Called at each look. */
  readonly onLook: () => void;
  /**
   * Attaches what the session selects of a module; undefined: it selects nothing of this one, or cannot attach any more.
   * May throw a PwruError: what it says is told.
   */
  readonly attach: (module: string) => Promise<ModuleProbes | undefined>;
}

/**
 * Looks for modules that are loaded during a session. Where the session selects their functions, they are attached, else it is
 * told that they are not traced; and code that lies where other code lay has another name. Modules that go take nothing away
 * that a trace could still show.
 */
export class ModuleWatch implements Disposable {
  readonly #options: ModuleWatchOptions;
  readonly #told = new Set<string>();
  readonly #notices: string[] = [];
  readonly #timer: NodeJS.Timeout;
  /** By place of the module. */
  readonly #attached = new Map<string, ModuleProbes>();
  #present: ReadonlySet<string>;
  #looking: Promise<void> | undefined;
  #lookedAtMs = performance.now();

  constructor(options: ModuleWatchOptions) {
    this.#options = options;
    this.#present = new Set(options.known.map(placeOf));
    this.#timer = setInterval(() => void this.look(), intervalMs);
    this.#timer.unref();
  }

  /** One sentence each for all modules so far, in their order: it only grows. */
  get notices(): readonly string[] {
    return this.#notices;
  }

  /** Looks now. Never rejects. */
  look(): Promise<void> {
    this.#looking ??= this.#look()
      .catch(nothing)
      .finally(() => {
        this.#looking = undefined;
      });
    return this.#looking;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    const { catalogue, onLook } = this.#options;
    onLook();
    const startMs = performance.now();
    const modules = (await catalogue.loadedModules()).filter(({ isLive }) => isLive);
    const before = this.#present;
    const unseenSinceMs = this.#lookedAtMs;
    this.#present = new Set(modules.map(placeOf));
    this.#lookedAtMs = startMs;
    const loaded = modules.filter((module) => !before.has(placeOf(module)));
    // What lay there before may have been named already.
    if (loaded.length > 0) void catalogue.refreshSymbols();
    for (const [place, probes] of this.#attached) {
      if (this.#present.has(place)) continue;
      this.#attached.delete(place);
      await probes.detach();
    }
    for (const module of loaded) await this.#take(module, unseenSinceMs);
  }

  async #take(module: LoadedModule, unseenSinceMs: number): Promise<void> {
    const { name } = module;
    let cause: string | undefined;
    try {
      const probes = await this.#options.attach(name);
      if (probes !== undefined) {
        this.#attached.set(placeOf(module), probes);
        this.#tell(name, this.#taken(probes, performance.now() - unseenSinceMs));
        return;
      }
    } catch (thrown) {
      if (!(thrown instanceof PwruError)) throw thrown;
      cause = thrown.message;
    }
    if (this.#isTold(name)) return;
    const types = await this.#options.catalogue.moduleTypes(name);
    const { noun, countIn } = this.#options.kind;
    const count = types === undefined ? undefined : await countIn(types);
    this.#tell(name, count === 0 ? undefined : notTraced(count, noun, cause));
  }

  #taken({ attached, refused }: ModuleProbes, lateMs: number): string | undefined {
    const { noun } = this.#options.kind;
    const [first] = refused;
    if (attached + refused.length === 0) return undefined;
    const late = `at most ${(lateMs / 1_000).toFixed(1)} s later`;
    const added = attached === 1 ? `its ${noun} was` : `its ${attached} ${noun}s were`;
    const rest =
      first === undefined ? '' : `, ${refused.length} could not: ${first.name}: ${first.reason}`;
    return `${late} ${added} added to it${rest}`;
  }

  #isTold(module: string): boolean {
    return this.#told.has(module) || this.#told.size > mostNotices;
  }

  #tell(module: string, what: string | undefined): void {
    if (what === undefined || this.#isTold(module)) return;
    if (this.#told.size === mostNotices) {
      this.#notices.push(`more modules were loaded during the trace, of which this is not told`);
    }
    this.#told.add(module);
    if (this.#told.size > mostNotices) return;
    this.#notices.push(`module ${module} was loaded during the trace: ${what}`);
  }
}

function notTraced(count: number | undefined, noun: string, cause: string | undefined): string {
  const why = cause === undefined ? '' : ` (${cause})`;
  if (count === undefined)
    return `its ${noun}s are not traced${why === '' ? ' (it has no BTF that can be read)' : why}`;
  if (count === 1) return `its ${noun} that takes an skb is not traced${why}`;
  return `its ${count} ${noun}s that take an skb are not traced${why}`;
}

/** A module that went and came back has another, as a rule. */
function placeOf({ name, address }: LoadedModule): string {
  return `${name} ${address}`;
}

function nothing(): void {}
