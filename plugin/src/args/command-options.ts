import type { AgentChoice } from './agent-choice.ts';
import type { ClusterOptions } from './connection.ts';
import type { OutputFormat } from './trace-options.ts';

/** Which agents a sub-command asks. */
export interface AgentOptions extends ClusterOptions {
  readonly agent: AgentChoice;
  /** Only those of these nodes; empty: of all. */
  readonly nodes: readonly string[];
}

export interface ListOptions extends AgentOptions {
  readonly output: OutputFormat;
  readonly headers: boolean;
}

export type SessionsOptions = ListOptions;
export type StatusOptions = ListOptions;
export type DoctorOptions = ListOptions;

export interface FunctionsOptions extends ListOptions {
  /** RE2 expression for the whole name; undefined: all. */
  readonly functionRegex: string | undefined;
  readonly backend: string | undefined;
  readonly modules: 'all' | readonly string[];
}

/** A session as the command line names it: `ID` or `NODE/ID`. */
export interface SessionName {
  /** Undefined: on whichever node it is. */
  readonly node: string | undefined;
  /** A whole id, or the beginning of one. */
  readonly id: string;
}

export interface StopOptions extends AgentOptions {
  /** At least one. */
  readonly sessions: readonly SessionName[];
}

export interface VersionOptions extends ListOptions {
  /** Ask no agent. */
  readonly clientOnly: boolean;
}

export interface UndeployOptions extends ClusterOptions {
  readonly wait: boolean;
  readonly timeoutMs: number;
}

export interface DeployOptions extends UndeployOptions {
  /** Undefined: the one that belongs to this version. */
  readonly image: string | undefined;
  readonly printOnly: boolean;
  /** Empty: agents on all nodes. */
  readonly nodeSelector: Readonly<Record<string, string>>;
  /** The agents may ask the container runtime, which makes them root on their node. */
  readonly runtimeSocket: boolean;
}

/** `kubectl` is the file that kubectl itself runs for completion. */
export const completionKinds = ['bash', 'zsh', 'fish', 'kubectl'] as const;

export interface CompletionOptions {
  readonly kind: (typeof completionKinds)[number];
}

/** What stands on a command line that is being written. */
export interface CompleteOptions {
  /** The last one is the word at the cursor, perhaps empty. */
  readonly words: readonly string[];
  readonly descriptions: boolean;
}
