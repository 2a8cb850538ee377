import type { GuestProcess, GuestResult } from '../vm/lab/guest-process.ts';

/** Where a scenario runs: this machine, or a lab guest. */
export interface TestMachine {
  run(script: string, options?: { timeoutMs?: number }): Promise<GuestResult>;
  mustRun(script: string, options?: { timeoutMs?: number }): Promise<string>;
  start(script: string): Promise<GuestProcess>;
  /** The agent that traces ask; each has one of its own (--local) when there is none. */
  readonly agentAddress?: string;
  /** The cluster whose agents traces ask. */
  readonly kubeconfig?: string;
}

/** The same machine, where traces ask the agents of a cluster. */
export function withCluster(machine: TestMachine, kubeconfig: string): TestMachine {
  return {
    kubeconfig,
    run: (script, options) => machine.run(script, options),
    mustRun: (script, options) => machine.mustRun(script, options),
    start: (script) => machine.start(script),
  };
}

/** The same machine, where traces ask the agent at this address. */
export function withAgent(machine: TestMachine, agentAddress: string): TestMachine {
  return {
    agentAddress,
    run: (script, options) => machine.run(script, options),
    mustRun: (script, options) => machine.mustRun(script, options),
    start: (script) => machine.start(script),
  };
}
