import type { AgentClient } from '../../agents/agent-client.ts';
import type { TraceOptions } from '../../cli/trace-options.ts';
import type { EventRenderer } from '../../events/consumer.ts';
import { Dictionary } from '../../events/dictionary.ts';
import { JsonReport } from '../../report/json-report.ts';
import type { Reporter } from '../../report/reporter.ts';
import { SingleReport } from '../../report/single-report.ts';
import type { Channel } from '../../terminal/channel.ts';
import { startRequest } from '../../trace/start-request.ts';
import { TraceRun } from '../../trace/trace-run.ts';
import { UnseenPods } from '../../trace/unseen-pods.ts';

export interface SingleTraceParts {
  /** Not closed at the end. */
  readonly client: AgentClient;
  readonly options: TraceOptions;
  readonly renderer: EventRenderer;
  readonly output: Channel;
  readonly reporter: Reporter;
}

/** A trace with one agent and no cluster: when its session ends, so does the trace. */
export function singleTrace(parts: SingleTraceParts): TraceRun {
  const { client, options, renderer, output, reporter } = parts;
  const unseen = new UnseenPods(() => performance.now());
  const run: TraceRun = new TraceRun({
    ...{ options, renderer, output },
    newDictionary: () => new Dictionary(),
    reports: [
      new SingleReport(reporter, options),
      ...(options.includeStatus ? [new JsonReport((line) => run.emit(line), unseen)] : []),
    ],
    queueBytes: 1,
    followsNodes: false,
    isPatient: true,
  });
  const lent: AgentClient = { trace: (start) => client.trace(start), close: () => {} };
  run.open({
    name: undefined,
    agents: {
      open: () => Promise.resolve({ client: lent, clock: undefined, version: undefined }),
      changed: () => new Promise(() => {}),
    },
    request: () => startRequest(options),
    targets: { pods: [], addresses: [], ports: [] },
    recovery: undefined,
  });
  return run;
}
