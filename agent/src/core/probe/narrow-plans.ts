import type { ProbePlan } from './probe-plan.ts';

/** Something that matches a whole name, for instance an RE2JS. */
export interface NamePattern {
  testExact(name: string): boolean;
}

/**
 * Several plans as one, with the functions that the pattern selects by whole name.
 * @param pattern undefined selects all. What it does not select is in neither list.
 */
export function narrowPlans(
  plans: readonly ProbePlan[],
  pattern: NamePattern | undefined,
): ProbePlan {
  const selected = <T extends { readonly name: string }>(functions: readonly T[]) =>
    pattern === undefined ? functions : functions.filter(({ name }) => pattern.testExact(name));
  return Object.freeze({
    attach: Object.freeze(plans.flatMap(({ attach }) => selected(attach))),
    refused: Object.freeze(plans.flatMap(({ refused }) => selected(refused))),
  });
}
