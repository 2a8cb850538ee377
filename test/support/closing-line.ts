import { writeFileSync } from 'node:fs';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** What one vitest run came to; `tools/test.mjs` adds them up. */
interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * Ends a run with the line `N passed, N failed` (and `, N skipped`) and names every skipped test with its reason.
 * With `CI=true` a test skipped without a reason fails the run: only `context.skip('reason')` is a reason.
 * When `PWRU_TEST_OUTCOME` names a file, the counts go there as JSON instead, and who asked prints the line.
 */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
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
    const outcome: Outcome = {
      passed: tests.filter((test) => test.result().state === 'passed').length,
      failed:
        tests.filter((test) => test.result().state === 'failed').length +
        modules.reduce((sum, module) => sum + errorsOutsideTests(module), 0) +
        unhandledErrors.length +
        unexpected.length,
      skipped: skipped.length - unexpected.length,
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
function errorsOutsideTests(module: TestModule): number {
  const suites = [...module.children.allSuites()];
  return module.errors().length + suites.reduce((sum, suite) => sum + suite.errors().length, 0);
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
