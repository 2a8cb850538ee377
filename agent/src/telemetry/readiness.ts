/** One thing that an agent needs in order to serve. */
export interface ReadinessCheck {
  readonly name: string;
  /** @returns one sentence on why it is not so, or undefined when it is. May throw; the message is the reason then. */
  run(): Promise<string | undefined> | string | undefined;
}

export interface ReadinessReport {
  readonly isReady: boolean;
  /** One line per check: `ok NAME` or `not ready NAME: reason`. */
  readonly text: string;
}

/** Runs all checks, one after the other. */
export async function reportReadiness(checks: readonly ReadinessCheck[]): Promise<ReadinessReport> {
  const lines: string[] = [];
  let isReady = true;
  for (const check of checks) {
    const reason = await reasonOf(check);
    isReady &&= reason === undefined;
    lines.push(reason === undefined ? `ok ${check.name}` : `not ready ${check.name}: ${reason}`);
  }
  return { isReady, text: `${lines.join('\n')}\n` };
}

async function reasonOf(check: ReadinessCheck): Promise<string | undefined> {
  try {
    return await check.run();
  } catch (thrown) {
    return oneLine(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

/** What a kernel says in its refusals has line ends now and then. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

/**
 * A check that is dear: it runs when it is asked for, at most once in `intervalMs`, and who asks meanwhile gets what came
 * out the last time.
 */
export function atMostEvery(intervalMs: number, check: ReadinessCheck): ReadinessCheck {
  let last: { readonly atMs: number; readonly reason: Promise<string | undefined> } | undefined;
  return {
    name: check.name,
    run: () => {
      if (last === undefined || performance.now() - last.atMs >= intervalMs) {
        last = { atMs: performance.now(), reason: reasonOf(check) };
      }
      return last.reason;
    },
  };
}
