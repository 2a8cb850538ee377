// The agent's side of the measurement: the real server, and a session that reads real rings, filled on request.
// Each line on standard input fills the rings once; standard output tells when that was, and what it cost in the end.
import { createInterface } from 'node:readline';
import type { Log } from '../../agent/src/core/log.ts';
import { BootClock } from '../../agent/src/kernel/boot-clock.ts';
import { RingReader } from '../../agent/src/kernel/bpf/rings.ts';
import { AgentServer } from '../../agent/src/server/agent-server.ts';
import type { SessionSink, TraceSession, TracingHost } from '../../agent/src/trace/ports.ts';
import type { TraceSpec } from '../../agent/src/trace/request/trace-spec.ts';
import { EventStream } from '../../agent/src/trace/stream/event-stream.ts';
import { pwru } from '../../proto/gen/pwru.js';
import { RingObject } from '../support/ring-object.ts';
import { fillRings, names } from './pipeline-workload.ts';

const rings = 2;
const ringBudgetBytes = 64 * 1024 * 1024;

const tell = (line: string) => process.stdout.write(`${line}\n`);
const logLine = (fields: object, message: string) =>
  process.stderr.write(`${message} ${JSON.stringify(fields)}\n`);
const log: Log = { debug: () => {}, info: () => {}, warn: logLine, error: logLine };

function startSession(
  object: RingObject,
  reader: RingReader,
  request: { readonly id: string; readonly spec: TraceSpec; readonly sink: SessionSink },
): TraceSession {
  const { id, spec, sink } = request;
  const stream = new EventStream({
    cursors: reader.cursors,
    names,
    sink,
    clock: new BootClock(),
  });
  void sink.write(pwru.v1.TraceResponse.encode({ started: { sessionId: id } }).finish());
  const running = stream.run();
  const fill = createInterface({ input: process.stdin });
  let cpuBefore = process.cpuUsage();
  fill.on('line', () => {
    const filled = fillRings(object, ringBudgetBytes / rings / 256, {
      startTimeNs: process.hrtime.bigint() / 2n,
    });
    cpuBefore = process.cpuUsage();
    tell(`filled ${filled} ${process.hrtime.bigint()}`);
  });
  const report = setInterval(() => {
    const { user, system } = process.cpuUsage(cpuBefore);
    tell(`cpu ${user + system}`);
  }, 200);
  return {
    id,
    spec,
    snapshot: () => ({
      state: pwru.v1.SessionState.SESSION_STATE_TRACING,
      backend: '',
      functionsAttached: 0,
      accounting: {},
    }),
    setPods: () => {},
    stop: () => {
      clearInterval(report);
      fill.close();
      stream.stop(1_000);
    },
    ended: running,
  };
}

async function main(): Promise<void> {
  const object = await RingObject.load(rings, ringBudgetBytes);
  const reader = await RingReader.open(object.rings);
  const host: TracingHost = {
    startSession: (id, spec, sink) => startSession(object, reader, { id, spec, sink }),
    describe: () => Promise.resolve({}),
    testBackends: () => Promise.resolve(),
    wallTimeNs: () => 0n,
    listFunctions: () => Promise.resolve({}),
    close: async () => {
      reader[Symbol.dispose]();
      object[Symbol.dispose]();
    },
  };
  const server = await AgentServer.open({
    host,
    log,
    version: '0.0.0',
    node: 'bench',
    maxSessions: 1,
    maxDurationMs: 600_000,
    socketPath: process.argv[2],
    listenAddress: undefined,
    allowRemote: false,
  });
  process.once('SIGTERM', () => void server.close());
  tell('ready');
}

void main();
