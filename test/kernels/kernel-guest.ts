import type { BackendName } from '../../agent/src/trace/request/trace-spec.ts';
import { TestAgent } from '../support/agent.ts';
import { type TestMachine, withAgent } from '../support/machine.ts';
import { agentFlag, pwru } from '../support/trace.ts';
import { guestTest } from '../vm/guest-test.ts';
import type { KernelName } from './expected-kernels.ts';
import { type FollowedTraffic, followTraffic } from './followed-traffic.ts';
import { kernelObjects } from './kernel-objects.ts';

/** What `kubectl pwru status -o json` says of a kernel, as far as it is looked at here. */
export interface KernelStatus {
  readonly kernel: string;
  readonly backends: ReadonlyArray<{
    readonly name: string;
    readonly reason: string;
    readonly functions: number;
  }>;
  readonly features: ReadonlyArray<{ readonly name: string; readonly reason: string }>;
}

interface KernelFixtures {
  /** Programs, maps, links and probes of the guest before anything was traced. */
  readonly before: readonly string[];
  /** The guest, where traces ask one agent. */
  readonly machine: TestMachine;
  readonly status: KernelStatus;
  /** What traces of this backend saw; they are run once. */
  readonly followed: (backend: BackendName) => Promise<FollowedTraffic>;
}

/** vitest's `test` with a guest of this kernel, and an agent in it: each once for the file. */
export function kernelGuestTest(kernel: KernelName) {
  return guestTest(kernel).extend<KernelFixtures>({
    before: [async ({ guest }, use) => use(await kernelObjects(guest)), { scope: 'file' }],
    machine: [
      async ({ guest, before: _before }, use) => {
        await using agent = await TestAgent.start(guest);
        await use(withAgent(guest, agent.address));
      },
      { scope: 'file' },
    ],
    status: [
      async ({ machine }, use) => {
        // On a busy emulated machine the agent's first look at its kernel takes longer than a client waits.
        const ask = `${pwru} status ${agentFlag(machine)} -o json`;
        await machine.run(ask);
        await use(JSON.parse(await machine.mustRun(ask)) as KernelStatus);
      },
      { scope: 'file' },
    ],
    followed: [
      async ({ machine }, use) => {
        const runs = new Map<BackendName, Promise<FollowedTraffic>>();
        await use((backend) => {
          const run = runs.get(backend) ?? followTraffic(machine, backend);
          runs.set(backend, run);
          return run;
        });
      },
      { scope: 'file' },
    ],
  });
}
