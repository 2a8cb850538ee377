import { writeFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import type { SerializedError } from 'vitest';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** What one vitest run came to; `tools/test.mjs` adds them up. */
interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** One for each that failed: its name, and below it the first lines of its error. */
  readonly failures: readonly string[];
}

/** Lines of an error that are told again at the end of a run over all suites. */
const errorLines = 12;

/**
 * Ends a run with the line `N passed, N failed` (and `, N skipped`) and names every skipped test with its reason.
 * With `CI=true` a test skipped without a reason fails the run: only `context.skip('reason')` is a reason.
 * When `PWRU_TEST_OUTCOME` names a file, the counts go there as JSON instead, and who asked prints the line.
 */
export default class ClosingLine implements Reporter {
  /** At once, too: a run that is cut off would say nothing of it. */
  onTestCaseResult(test: TestCase): void {
    const { state, errors } = test.result();
    if (state === 'failed') say(`failed: ${failure(nameOf(test), errors?.[0])}`);
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const skipped = tests.filter((test) => test.result().state === 'skipped');
    const unexpected =
      process.env['CI'] === 'true' ? skipped.filter((test) => reasonOf(test) === undefined) : [];
    for (const test of skipped) {
      say(`skipped: ${nameOf(test)}: ${reasonOf(test) ?? 'no reason given'}`);
    }
    if (unexpected.length > 0) {
      say(`${unexpected.length} skipped without a reason, which counts as failed with CI=true`);
      process.exitCode = 1;
    }
    const failures = [
      ...tests.flatMap((test) => {
        const { state, errors } = test.result();
        return state === 'failed' ? [failure(nameOf(test), errors?.[0])] : [];
      }),
      ...modules.flatMap((module) =>
        errorsOutsideTests(module).map((error) => failure(module.relativeModuleId, error)),
      ),
      ...unhandledErrors.map((error) => failure('beside the tests', error)),
      ...unexpected.map((test) => `${nameOf(test)}: skipped without a reason`),
    ];
    const outcome: Outcome = {
      passed: tests.filter((test) => test.result().state === 'passed').length,
      failed: failures.length,
      skipped: skipped.length - unexpected.length,
      failures,
    };
    const path = process.env['PWRU_TEST_OUTCOME'];
    if (path === undefined) say(closingLine(outcome));
    else writeFileSync(path, JSON.stringify(outcome));
  }
}

function closingLine({ passed, failed, skipped }: Outcome): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** Errors of a file or a suite itself (an import or a hook that failed), which no test result shows. */
function errorsOutsideTests(module: TestModule): readonly { readonly message: string }[] {
  const suites = [...module.children.allSuites()];
  return [...module.errors(), ...suites.flatMap((suite) => suite.errors())];
}

function failure(name: string, error: { readonly message?: string; readonly diff?: string } = {}) {
  const text = `${error.message ?? 'no message'}\n${error.diff ?? ''}`.trimEnd();
  const lines = stripVTControlCharacters(text).split('\n');
  return [name, ...lines.slice(0, errorLines).map((line) => `    ${line}`)].join('\n');
}

function reasonOf(test: TestCase): string | undefined {
  const result = test.result();
  return result.state === 'skipped' ? result.note : undefined;
}

function nameOf(test: TestCase): string {
  return `${test.module.relativeModuleId} > ${test.fullName}`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
