import type { ProbePlan } from '../core/probe/probe-plan.ts';
import { type KernelSymbols, selectFunctions } from '../core/probe/select-functions.ts';
import type { ModuleTypes } from './module-types.ts';

/**
 * Plans that hold as long as the same modules are loaded and the kernel says the same about its functions: what could not be read
 * at first may be there later. The symbols of the same modules are the same in a later read of kallsyms.
 */
export class KnownPlans {
  #traceable: KernelSymbols['traceable'];
  #blacklist: KernelSymbols['blacklist'];
  #byTypes = new Map<ModuleTypes, ProbePlan>();

  /** The plans of these objects; those that are not known yet are made in one pass over the symbols. */
  of(objects: readonly ModuleTypes[], symbols: KernelSymbols): readonly ProbePlan[] {
    if (symbols.traceable !== this.#traceable || symbols.blacklist !== this.#blacklist) {
      this.#traceable = symbols.traceable;
      this.#blacklist = symbols.blacklist;
      this.#byTypes = new Map();
    }
    const missing = objects.filter((types) => !this.#byTypes.has(types));
    const groups = missing.map(({ module, functions }) =>
      functions.map((prototype) => ({ module, prototype })),
    );
    const made = missing.length === 0 ? [] : selectFunctions(groups, symbols);
    for (const [index, plan] of made.entries()) {
      const types = missing[index];
      if (types !== undefined) this.#byTypes.set(types, plan);
    }
    return objects.flatMap((types) => this.#byTypes.get(types) ?? []);
  }
}
