import type { AgentClient } from '../agent-client.ts';
import type { TraceOptions } from '../args/trace-options.ts';
import { Dictionary } from '../dictionary.ts';
import type { Output } from '../output.ts';
import type { EventRenderer } from '../render/event-renderer.ts';
import { startRequest } from '../start-request.ts';
import { JsonReport } from './json-report.ts';
import type { Reporter } from './reporter.ts';
import { SingleReport } from './single-report.ts';
import { TraceRun } from './trace-run.ts';
import { UnseenPods } from './unseen-pods.ts';

export interface SingleTraceParts {
  /** Not closed at the end. */
  readonly client: AgentClient;
  readonly options: TraceOptions;
  readonly renderer: EventRenderer;
  readonly output: Output;
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
