import { setTimeout as delay } from 'node:timers/promises';
import { ClusterTrace } from '../../plugin/src/commands/trace/cluster-trace.ts';
import type { KubeApi } from '../../plugin/src/kubernetes/kube-api.ts';
import { JsonRenderer } from '../../plugin/src/render/json.ts';
import { PrintedEvents } from '../../plugin/src/render/printed-events.ts';
import { Reporter } from '../../plugin/src/report/reporter.ts';
import { Channel } from '../../plugin/src/terminal/channel.ts';
import { traceOptions } from '../../plugin/testing/follow-line.ts';
import { TextSink } from '../../plugin/testing/text-sink.ts';

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
  readonly #trace: ClusterTrace;
  readonly #exit: Promise<number>;
  readonly #stdout: TextSink;
  readonly #stderr: TextSink;

  private constructor(trace: ClusterTrace, stdout: TextSink, stderr: TextSink) {
    this.#trace = trace;
    this.#stdout = stdout;
    this.#stderr = stderr;
    this.#exit = trace.run.run();
  }

  /** Starts it and waits until packets are traced. */
  static async start(
    api: KubeApi,
    nodes: readonly string[],
    args: readonly string[],
  ): Promise<NodesTrace> {
    const words = nodes.map((node) => `node/${node}`);
    const [stdout, stderr] = [new TextSink(), new TextSink()];
    const opened = await ClusterTrace.open({
      api,
      options: traceOptions([...words, '-o', 'json', '--include-status', ...args]),
      reporter: new Reporter({
        ...{ channel: new Channel(stderr), isTerminal: false, quiet: false },
        now: () => performance.now(),
      }),
      newPrinter: (names) => new PrintedEvents(new JsonRenderer(names), new Channel(stdout)),
    });
    const trace = new NodesTrace(opened, stdout, stderr);
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
    this.#trace.run.stop('interrupt');
    const exitCode = await this.#exit;
    this.#trace[Symbol.dispose]();
    const lines = this.#stdout.text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as StatusOrEvent);
    return { exitCode, lines, stderr: this.stderr };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}
