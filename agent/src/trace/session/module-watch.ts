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

export interface ModuleWatchOptions {
  readonly catalogue: FunctionCatalogue;
  /** Those that were there when the session chose its probes. */
  readonly known: readonly LoadedModule[];
  readonly kind: TraceableKind;
  /** Called at each look. */
  readonly onLook: () => void;
}

/**
 * Looks for modules that are loaded during a session. Their functions are not traced, which is told; and code that lies where
 * other code lay has another name. Modules that go take nothing away that a trace could still show.
 */
export class ModuleWatch implements Disposable {
  readonly #options: ModuleWatchOptions;
  readonly #told = new Set<string>();
  readonly #notices: string[] = [];
  readonly #timer: NodeJS.Timeout;
  #present: ReadonlySet<string>;
  #looking: Promise<void> | undefined;

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
    const modules = (await catalogue.loadedModules()).filter(({ isLive }) => isLive);
    const before = this.#present;
    this.#present = new Set(modules.map(placeOf));
    const loaded = modules.filter((module) => !before.has(placeOf(module)));
    // What lay there before may have been named already.
    if (loaded.length > 0) void catalogue.refreshSymbols();
    for (const { name } of loaded) await this.#tell(name);
  }

  async #tell(module: string): Promise<void> {
    if (this.#told.has(module) || this.#told.size > mostNotices) return;
    const types = await this.#options.catalogue.moduleTypes(module);
    const { noun, countIn } = this.#options.kind;
    const count = types === undefined ? undefined : await countIn(types);
    if (count === 0) return;
    if (this.#told.size === mostNotices) {
      this.#notices.push(
        `more modules were loaded during the trace: their ${noun}s are not traced`,
      );
    }
    this.#told.add(module);
    if (this.#told.size > mostNotices) return;
    this.#notices.push(`module ${module} was loaded during the trace: ${notTraced(count, noun)}`);
  }
}

function notTraced(count: number | undefined, noun: string): string {
  if (count === undefined) return `its ${noun}s are not traced (it has no BTF that can be read)`;
  if (count === 1) return `its ${noun} that takes an skb is not traced`;
  return `its ${count} ${noun}s that take an skb are not traced`;
}

/** A module that went and came back has another, as a rule. */
function placeOf({ name, address }: LoadedModule): string {
  return `${name} ${address}`;
}

function nothing(): void {}
