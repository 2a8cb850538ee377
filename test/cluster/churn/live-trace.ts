import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { pwru, type TracedEvent } from '../../support/trace.ts';
import type { LabCluster } from '../lab/lab-cluster.ts';
import { waitUntil } from '../lab/wait-until.ts';

/** A `kubectl pwru` whose events are read as they come and not kept. */
export class LiveTrace implements AsyncDisposable {
  /** Names of the pods whose namespaces events were in. */
  readonly pods = new Set<string>();
  events = 0;
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  #stderr = '';

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.#ended = once(child, 'close');
    child.stderr?.on('data', (bytes: Buffer) => {
      this.#stderr += bytes.toString();
    });
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { netns } = JSON.parse(line) as TracedEvent;
      this.events += 1;
      if (netns?.pod?.name !== undefined) this.pods.add(netns.pod.name);
    });
  }

  /** Resolves when packets are traced. @throws Error with what it said when it ends first */
  static async start(cluster: LabCluster, args: readonly string[]): Promise<LiveTrace> {
    const flags = ['--kubeconfig', cluster.kubeconfig, '-o', 'json'];
    const child = spawn(pwru, [...flags, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const trace = new LiveTrace(child);
    try {
      await waitUntil(() => trace.#isTracing(), { goal: 'traced', timeoutMs: 60_000 });
    } catch (failure) {
      await trace[Symbol.asyncDispose]();
      throw failure;
    }
    return trace;
  }

  /** Of the trace, which runs. @throws Error when it has ended */
  hasSeen(pod: string): boolean {
    this.#check();
    return this.pods.has(pod);
  }

  /** Ctrl-C. @returns what it said @throws Error when it fails */
  async stop(): Promise<string> {
    this.#check();
    this.#child.kill('SIGINT');
    await this.#ended;
    if (this.#child.exitCode !== 0) throw this.#failure();
    return this.#stderr;
  }

  #isTracing(): boolean {
    this.#check();
    return /^Tracing /m.test(this.#stderr);
  }

  #check(): void {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) throw this.#failure();
  }

  #failure(): Error {
    const end = this.#child.signalCode ?? `exit code ${this.#child.exitCode}`;
    return new Error(`kubectl pwru ended with ${end}\n${this.#stderr}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }
}
