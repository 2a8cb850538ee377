import type { ProbePlan } from './probe-plan.ts';

/** Something that matches a whole name, for instance an RE2JS. */
export interface NamePattern {
  testExact(name: string): boolean;
}

/**
 * Several plans as one, with the functions of these names.
 * @param names undefined selects all. What they do not select is in neither list.
 */
export function narrowPlans(
  plans: readonly ProbePlan[],
  names: ReadonlySet<string> | undefined,
): ProbePlan {
  const selected = <T extends { readonly name: string }>(functions: readonly T[]) =>
    names === undefined ? functions : functions.filter(({ name }) => names.has(name));
  return Object.freeze({
    attach: Object.freeze(plans.flatMap(({ attach }) => selected(attach))),
    refused: Object.freeze(plans.flatMap(({ refused }) => selected(refused))),
  });
}
