import { PwruError } from '../../core/errors.ts';
import { hasPatchSite } from '../../core/probe/patch-site.ts';
import type { PlannedProbe, ProbePlan } from '../../core/probe/probe-plan.ts';

/** First bytes of functions, by their addresses. @throws PwruError */
export type CodeReader = (addresses: readonly bigint[]) => Promise<readonly Uint8Array[]>;

/**
 * Of functions that were compiled for networking nearly all can be traced: less means that their code cannot be read, or is not
 * understood.
 */
const LEAST_SHARE = 0.8;

const REASON = 'ftrace has no place at its entry (notrace, inlined or gone after the start)';

/**
 * Stands in for the kernel's list of functions that ftrace can trace. A set with one that it cannot is refused as a whole: to find
 * some thirty of them by halving takes a link for each piece, and each link a while to go.
 */
export class PatchSites {
  readonly #readCode: CodeReader;
  readonly #plans = new WeakMap<ProbePlan, ProbePlan>();

  constructor(readCode: CodeReader) {
    this.#readCode = readCode;
  }

  /** The plan with those refused that ftrace cannot trace; as it is where that cannot be told. */
  async sift(plan: ProbePlan): Promise<ProbePlan> {
    const known = this.#plans.get(plan);
    if (known !== undefined) return known;
    const untraceable = await this.#untraceable(plan.attach);
    if (untraceable === undefined) return plan;
    const sifted = untraceable.size === 0 ? plan : withRefused(plan, untraceable);
    this.#plans.set(plan, sifted);
    return sifted;
  }

  /** @returns undefined when that cannot be told. */
  async #untraceable(probes: readonly PlannedProbe[]): Promise<Set<PlannedProbe> | undefined> {
    if (process.arch !== 'x64') return undefined;
    let code: readonly Uint8Array[];
    try {
      code = await this.#readCode(probes.map(({ address }) => address));
    } catch (thrown) {
      if (thrown instanceof PwruError) return undefined;
      throw thrown;
    }
    const untraceable = probes.filter((_, index) => !hasPatchSite(code[index] ?? new Uint8Array()));
    const isUnderstood = untraceable.length <= probes.length * (1 - LEAST_SHARE);
    return isUnderstood ? new Set(untraceable) : undefined;
  }
}

function withRefused(plan: ProbePlan, untraceable: ReadonlySet<PlannedProbe>): ProbePlan {
  return Object.freeze({
    attach: Object.freeze(plan.attach.filter((probe) => !untraceable.has(probe))),
    refused: Object.freeze([
      ...plan.refused,
      ...Array.from(untraceable, ({ name, module }) => ({ name, module, reason: REASON })),
    ]),
  });
}
