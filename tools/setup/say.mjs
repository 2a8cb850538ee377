/** One step, one line, on stderr. */
export function say(line) {
  process.stderr.write(`setup: ${line}\n`);
}

/** Ends the program with one sentence on what is wrong. */
export class SetupError extends Error {
  name = 'SetupError';
}

/** Runs `main` and turns a SetupError into its message and exit code 1. */
export function runMain(main) {
  try {
    main();
  } catch (thrown) {
    if (!(thrown instanceof SetupError)) throw thrown;
    say(thrown.message);
    process.exitCode = 1;
  }
}
