import type { pwru } from '../../../proto/gen/pwru.js';
import type { FunctionSelection } from './parse-selection.ts';
import type { StartSession } from './trace-session.ts';

/** What the server needs of the machine that it runs on. */
export interface TracingHost {
  readonly startSession: StartSession;
  /** What this kernel has. What cannot be found out is told in its place. */
  describe(): Promise<HostDescription>;
  /** Whether a trace could be had: tries the backends, best first. @throws PwruError when none works */
  testBackends(): Promise<void>;
  /** CLOCK_REALTIME, nanoseconds since 1970. */
  wallTimeNs(): bigint;
  /** What a trace with this selection would probe. @throws PwruError */
  listFunctions(selection: FunctionSelection): Promise<pwru.v1.ListFunctionsResponse.$Properties>;
  /** Releases what sessions share. Called once no session is left. Idempotent. */
  close(): Promise<void>;
}

/** The part of GetInfoResponse that the machine decides. */
export type HostDescription = Pick<
  pwru.v1.GetInfoResponse.$Properties,
  'kernelRelease' | 'architecture' | 'bootId' | 'backends' | 'features'
>;
