import fc from 'fast-check';

/** One run of a property: as many cases as are wanted, all of which the seed decides. */
export interface FuzzRun {
  readonly seed: number;
  readonly cases: number;
  /** Of a failure that was told: only that case is run. */
  readonly path?: string | undefined;
}

export interface FuzzOutcome {
  readonly cases: number;
  /** Undefined when all cases held. */
  readonly failure: FuzzFailure | undefined;
}

export interface FuzzFailure {
  /** Of the smallest case that fails: with the same seed it alone is run again. */
  readonly path: string;
  /** That case, and why it fails. */
  readonly report: string;
}

/** Something that must hold of whatever a parser gets. */
export interface FuzzProperty {
  readonly name: string;
  /** Of the run in `npm test`: about half a second. */
  readonly boundedCases: number;
  check(run: FuzzRun): Promise<FuzzOutcome>;
}

/** What parses one kind of input. */
export interface FuzzSubject {
  readonly name: string;
  readonly properties: readonly FuzzProperty[];
}

export interface CaseOptions<T> {
  readonly boundedCases: number;
  /** Cases that found something once: they come first in each run. */
  readonly examples?: readonly T[];
}

/** @param hold throws when it does not */
export function property<T>(
  name: string,
  cases: fc.Arbitrary<T>,
  hold: (value: T) => void,
  options: CaseOptions<T>,
): FuzzProperty {
  const checked = fc.property(cases, hold);
  return {
    ...{ name, boundedCases: options.boundedCases },
    check: async (run) => outcomeOf(fc.check(checked, parametersOf(run, options))),
  };
}

/** The same of what has to be waited for. */
export function asyncProperty<T>(
  name: string,
  cases: fc.Arbitrary<T>,
  hold: (value: T) => Promise<void>,
  options: CaseOptions<T>,
): FuzzProperty {
  const checked = fc.asyncProperty(cases, hold);
  return {
    ...{ name, boundedCases: options.boundedCases },
    check: async (run) => outcomeOf(await fc.check(checked, parametersOf(run, options))),
  };
}

function parametersOf<T>(run: FuzzRun, { examples = [] }: CaseOptions<T>): fc.Parameters<[T]> {
  return {
    ...{ seed: run.seed, numRuns: run.cases + examples.length },
    examples: examples.map((example) => [example]),
    ...(run.path === undefined ? {} : { path: run.path }),
  };
}

function outcomeOf<T>(details: fc.RunDetails<T>): FuzzOutcome {
  const { failed, numRuns: cases, errorInstance, counterexamplePath } = details;
  if (!failed) return { cases, failure: undefined };
  const why = errorInstance instanceof Error ? errorInstance.stack : String(errorInstance);
  const report = `${fc.defaultReportMessage(details)}\n${why}`;
  return { cases, failure: { path: counterexamplePath ?? '', report } };
}
