import { parseCommand } from '../src/cli/parse-command.ts';
import type { TraceOptions } from '../src/cli/trace-options.ts';
import type { KubeApi } from '../src/kubernetes/kube-api.ts';
import { followTargets, type TargetFollower } from '../src/targets/follow-targets.ts';

/** The options of a trace, as a command line gives them: words, or a line to be split at blanks. */
export function traceOptions(line: string | readonly string[]): TraceOptions {
  const command = parseCommand(typeof line === 'string' ? line.split(' ') : line);
  if (command.kind !== 'trace') throw new Error(`That is ${command.kind}`);
  return command.options;
}

/** A follower of a command line's targets, and what it has said. */
export class FollowedLine implements Disposable {
  readonly follower: TargetFollower;
  /** `+ pod demo/a on n1: named`, and notices as they are. */
  readonly said: string[];

  private constructor(follower: TargetFollower, said: string[]) {
    this.follower = follower;
    this.said = said;
  }

  static async open(api: KubeApi, line: string | readonly string[]): Promise<FollowedLine> {
    const said: string[] = [];
    const follower = await followTargets(api, traceOptions(line), {
      onChange: (changes) => {
        for (const { kind, pod, cause } of changes) {
          const sign = kind === 'added' ? '+' : '-';
          said.push(`${sign} ${pod.namespace}/${pod.name} on ${pod.node}: ${cause}`);
        }
      },
      onNotice: (text) => said.push(text),
    });
    return new FollowedLine(follower, said);
  }

  /** `n1: a b, n2 (whole):` */
  get nodes(): string {
    return [...this.follower.state.nodes]
      .map(([name, { whole, pods }]) =>
        [`${name}${whole ? ' (whole)' : ''}:`, ...pods.map((pod) => pod.name).sort()].join(' '),
      )
      .sort()
      .join(', ');
  }

  /** Waits until the nodes and their pods are these. */
  async untilNodes(expected: string, timeoutMs = 30_000): Promise<void> {
    await until(
      () => this.nodes === expected,
      () => `"${this.nodes}" is not "${expected}"`,
      timeoutMs,
    );
  }

  async untilSaid(text: string, timeoutMs = 30_000): Promise<void> {
    await until(
      () => this.said.includes(text),
      () => `${JSON.stringify(this.said)} lacks ${text}`,
      timeoutMs,
    );
  }

  [Symbol.dispose](): void {
    this.follower[Symbol.dispose]();
  }
}

async function until(
  isSo: () => boolean,
  otherwise: () => string,
  timeoutMs: number,
): Promise<void> {
  const endMs = performance.now() + timeoutMs;
  while (!isSo()) {
    if (performance.now() > endMs) throw new Error(otherwise());
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
