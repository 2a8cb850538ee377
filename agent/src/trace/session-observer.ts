import type { pwru } from '../../../proto/gen/pwru.js';
import type { SessionSnapshot } from './trace-session.ts';

/** A session as an observer sees it. */
export interface ObservedSession {
  /** What can be told now. After the end it does not change any more. */
  snapshot(): SessionSnapshot;
}

/** How a session ended. */
export interface SessionEnd {
  /** Why it was told to end; UNSPECIFIED when it ended by an error. */
  readonly reason: pwru.v1.EndReason;
  /** The client was gone, or had not read for long, when there was a Summary to send. */
  readonly isClientGone: boolean;
  /** What it failed with: a PwruError, or a defect of the agent; undefined when it did not fail. */
  readonly failure: unknown;
}

/** Is told of an agent's sessions. Its methods must not throw. */
export interface SessionObserver {
  /** A session has a place on this agent, and nothing has happened in it yet. */
  onBegin(session: ObservedSession): void;
  /** Everything of the session is released. */
  onEnd(session: ObservedSession, end: SessionEnd): void;
  /** No place was given, since all were taken. */
  onLimit(): void;
}
