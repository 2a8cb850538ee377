import { setTimeout as delay } from 'node:timers/promises';
import { Output } from '../../plugin/src/output.ts';
import { JsonRenderer } from '../../plugin/src/render/json.ts';
import { traceOptions } from '../../plugin/src/testing/follow-line.ts';
import { TextSink } from '../../plugin/src/testing/text-sink.ts';
import type { AgentSource } from '../../plugin/src/trace/agent-source.ts';
import { type ClusterRun, clusterRun } from '../../plugin/src/trace/cluster-run.ts';
import { Reporter } from '../../plugin/src/trace/reporter.ts';

/** A line of `-o json --include-status`, as far as tests look at it. */
export interface StatusOrEvent {
  readonly type: string;
  readonly time: string;
  readonly node?: string;
  readonly bootTimeNs?: string;
  readonly packetId?: string;
  readonly function?: { readonly name: string };
  readonly state?: string;
  readonly from?: string;
  readonly to?: string | null;
  readonly nodes?: ReadonlyArray<{
    readonly node: string;
    readonly complete: boolean;
    readonly producedEvents: number;
  }>;
}

export interface EndedNodesTrace {
  readonly exitCode: number;
  readonly lines: readonly StatusOrEvent[];
  readonly stderr: string;
}

const waitMs = 60_000;
/** Longer than a watermark and a batch take. */
const quietMs = 600;

/** A trace of whole nodes in this process, as the plugin runs it for a cluster. */
export class NodesTrace implements AsyncDisposable {
  readonly #run: ClusterRun;
  readonly #exit: Promise<number>;
  readonly #stdout: TextSink;
  readonly #stderr: TextSink;

  private constructor(agents: AgentSource, nodes: readonly string[], args: readonly string[]) {
    const words = nodes.map((node) => `node/${node}`);
    const options = traceOptions([...words, '-o', 'json', '--include-status', ...args]);
    this.#stdout = new TextSink();
    this.#stderr = new TextSink();
    this.#run = clusterRun({
      options,
      agents,
      output: new Output(this.#stdout, () => {}),
      reporter: new Reporter({
        stream: this.#stderr,
        isTerminal: false,
        quiet: false,
        now: () => performance.now(),
      }),
      renderer: new JsonRenderer(),
      follower: {
        filterTerms: [],
        state: {
          pods: new Map(),
          nodes: new Map(nodes.map((node) => [node, { whole: true, pods: [] }])),
          unscheduled: [],
          leftOut: [],
          serviceAddresses: [],
          nodesWanted: nodes.length,
        },
      },
      homeNamespace: 'default',
    });
    this.#exit = this.#run.run.run();
  }

  /** Starts it and waits until packets are traced. */
  static async start(
    agents: AgentSource,
    nodes: readonly string[],
    args: readonly string[],
  ): Promise<NodesTrace> {
    const trace = new NodesTrace(agents, nodes, args);
    await trace.untilStderr(/^Tracing .*$/m);
    return trace;
  }

  get stderr(): string {
    return this.#stderr.text;
  }

  async untilStderr(pattern: RegExp): Promise<void> {
    const endMs = performance.now() + waitMs;
    while (!pattern.test(this.stderr)) {
      if (performance.now() > endMs) throw new Error(`Not told: ${pattern}\n${this.stderr}`);
      await delay(20);
    }
  }

  /** Waits until no event has come for a while. */
  async untilQuiet(): Promise<void> {
    for (let length = -1; length !== this.#stdout.text.length; ) {
      length = this.#stdout.text.length;
      await delay(quietMs);
    }
  }

  /** Ctrl-C, then what it came to. */
  async stop(): Promise<EndedNodesTrace> {
    this.#run.run.stop('interrupt');
    const exitCode = await this.#exit;
    this.#run.nodes[Symbol.dispose]();
    const lines = this.#stdout.text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as StatusOrEvent);
    return { exitCode, lines, stderr: this.stderr };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#run.run.stop('interrupt');
    await this.#exit;
    this.#run.nodes[Symbol.dispose]();
  }
}
