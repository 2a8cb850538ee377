/** The program's exit codes, documented in its help text. */
export const exitCodes = {
  /** Done: also --limit, --timeout, Ctrl-C after tracing began, and a reader that went away. */
  OK: 0,
  /** The kernel or the machine cannot do what was asked, privileges are missing, output cannot be written. */
  FAILURE: 1,
  /** The command line, the filter, a target or a regular expression cannot be used. */
  USAGE: 2,
  /** The trace began, and something is missing in it: events were lost, a node was not traced all the time, or it ended unasked. */
  PARTIAL: 3,
  /** The user may not ask this agent. */
  FORBIDDEN: 4,
  /** There is no agent, or none that answers. */
  NO_AGENT: 5,
  /** Interrupted before anything was traced. */
  INTERRUPTED: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
