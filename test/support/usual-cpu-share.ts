import { CpuShare } from '../../agent/src/trace/session/cpu-share.ts';

/**
 * For an agent in the process of a test, which stays as nice as it is: the traffic's senders are its children and would be as
 * nice as the agent, on a busy machine for minutes.
 */
export function usualCpuShare(): CpuShare {
  return new CpuShare({ get: () => 0, set: () => {} });
}
