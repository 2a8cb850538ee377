import type { AgentClient } from '../../agents/agent-client.ts';
import type { TraceOptions } from '../../cli/trace-options.ts';
import { Dictionary } from '../../events/dictionary.ts';
import type { PrintedEvents } from '../../render/printed-events.ts';
import { JsonReport } from '../../report/json-report.ts';
import type { Reporter } from '../../report/reporter.ts';
import { SingleReport } from '../../report/single-report.ts';
import { startRequest } from '../../trace/start-request.ts';
import { TraceRun } from '../../trace/trace-run.ts';
import { UnseenPods } from '../../trace/unseen-pods.ts';

export interface SingleTraceParts {
  /** Not closed at the end. */
  readonly client: AgentClient;
  readonly options: TraceOptions;
  readonly printer: PrintedEvents;
  readonly reporter: Reporter;
}

/** A trace with one agent and no cluster: when its session ends, so does the trace. */
export function singleTrace(parts: SingleTraceParts): TraceRun {
  const { client, options, printer, reporter } = parts;
  const unseen = new UnseenPods(() => performance.now());
  const printLine = (line: string) => {
    printer.line(line);
    run.wake();
  };
  const run: TraceRun = new TraceRun({
    options,
    consumers: [printer],
    newDictionary: () => new Dictionary(),
    reports: [
      new SingleReport(reporter, options),
      ...(options.includeStatus ? [new JsonReport(printLine, unseen)] : []),
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
