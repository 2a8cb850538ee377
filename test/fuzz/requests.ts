import assert from 'node:assert/strict';
import fc from 'fast-check';
import Long from 'long';
import { type ErrorCode, PwruError } from '../../agent/src/core/errors.ts';
import { requestLimits } from '../../agent/src/core/limits.ts';
import { callError } from '../../agent/src/server/call-error.ts';
import { statusOf } from '../../agent/src/server/status.ts';
import { parsePodSelection } from '../../agent/src/trace/request/parse-pod-targets.ts';
import { parseSelection } from '../../agent/src/trace/request/parse-selection.ts';
import { parseStart } from '../../agent/src/trace/request/parse-start.ts';
import type { PodSelection, TraceSpec } from '../../agent/src/trace/request/trace-spec.ts';
import { google, pwru } from '../../proto/gen/pwru.js';
import { editedBytes } from './edited-bytes.ts';
import { oddWords } from './edited-text.ts';
import { type FuzzSubject, property } from './fuzz-property.ts';
import { outcomeOf } from './outcome.ts';

const { TraceRequest, ListFunctionsRequest } = pwru.v1;

const MAX_DURATION_MS = 3_600_000;
const address = Uint8Array.of(10, 0, 0, 1);
const pod = { namespace: 'demo', name: 'client-0', uid: '2d5e-11', hostNetwork: 2 };
const ports = [
  { address, port: 80, protocol: 6 },
  { port: 53, protocol: 17 },
];

const starts: readonly pwru.v1.StartTrace.$Properties[] = [
  {
    ...{ targets: [{ netnsName: 'cni-1' }, { pid: 4_711 }], filter: 'tcp port 80', backend: '' },
    ...{ functionRegex: '(tcp|udp)_.{0,20}rcv', modules: ['nf-nat', 'veth'], stack: true },
    ...{ mark: { value: 1, mask: 0xff }, interfaceName: 'eth0', clientName: 'kubectl-pwru' },
    ...{ maxDurationMs: Long.fromNumber(60_000, true), watermarkIntervalMs: 250 },
    ringBudgetBytes: Long.fromNumber(2 ** 24, true),
  },
  {
    ...{ targets: [{ pod }, { pod: { ...pod, addressesOnly: true } }], podsOnly: true },
    ...{ addresses: [address, new Uint8Array(16)], ports, allModules: true, allDrops: true },
  },
];
const traceRequests: readonly pwru.v1.TraceRequest.$Properties[] = [
  ...starts.map((start) => ({ start })),
  { podTargets: { pods: [pod, pod], addresses: [address], ports } },
  ...[{ heartbeat: {} }, { stop: {} }, {}],
];

const word = oddWords(['', 'eth0', 'cni-1', 'demo', 'tcp port 80', 'tcp_.*', 'kprobe', '.', '..']);
const number32 = fc.constantFrom(0, 1, 6, 80, 65_535, 65_536, 2 ** 31, 2 ** 32 - 1, 4_194_305);
const number64 = fc
  .tuple(fc.constantFrom(0, 1, -1, 20_000_000), fc.constantFrom(0, 1, -1))
  .map(([low, high]) => new Long(low, high, true));
const bytes = fc.constantFrom(0, 1, 4, 15, 16, 17, 4_096).map((length) => new Uint8Array(length));
const optional = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined, freq: 2 });
const listOf = <T>(values: fc.Arbitrary<T>) =>
  fc.oneof(...[fc.array(values, { maxLength: 3 }), values.map((one) => Array<T>(600).fill(one))]);

const oddPod = fc.record({
  ...{ namespace: word, name: word, uid: word, hostNetwork: number32 },
  addressesOnly: fc.boolean(),
});
const oddPort = fc.record({ address: bytes, port: number32, protocol: number32 });
const oddTarget = fc.oneof(
  word.map((netnsName) => ({ netnsName })),
  number32.map((pid) => ({ pid })),
  oddPod.map((odd) => ({ pod: odd })),
  fc.constant({}),
);
const oddStart = fc.record({
  ...{ targets: optional(listOf(oddTarget)), filter: optional(word), backend: optional(word) },
  ...{ functionRegex: optional(word), modules: optional(listOf(word)), clientName: word },
  mark: optional(fc.record({ value: number32, mask: number32 })),
  ...{ interfaceName: optional(word), maxDurationMs: number64, ringBudgetBytes: number64 },
  ...{ watermarkIntervalMs: optional(number32), podsOnly: fc.boolean(), ports: listOf(oddPort) },
  addresses: optional(listOf(bytes)),
});

const codes: readonly ErrorCode[] = ['INVALID_ARGUMENT', 'REGEX_SYNTAX'];
/** Of a status message. */
const MAX_MESSAGE_BYTES = 1_024;
/** What many peers allow for all headers. */
const MAX_HEADER_BYTES = 16 * 1_024;

/** A refusal is of a field, and its trailers can be sent. */
function checkRefusal(thrown: unknown, prefix: RegExp): void {
  if (!(thrown instanceof PwruError)) throw thrown;
  assert(codes.includes(thrown.code), thrown.code);
  assert.match(thrown.details.field ?? '', prefix);
  const { message, details = new Uint8Array() } = statusOf(thrown);
  // Well-formed, or UTF-8 would not give it back.
  assert.equal(Buffer.from(message).toString(), message);
  assert(Buffer.byteLength(message) <= MAX_MESSAGE_BYTES);
  assert.equal(google.rpc.Status.decode(details).message, message);
  const sent = encodeURI(message).length + details.length * (4 / 3);
  assert(sent <= MAX_HEADER_BYTES, `${sent}`);
  callError(thrown);
}

function checkSpec(spec: TraceSpec): void {
  const { filter, clientName, targets, modules, interfaceName = '' } = spec;
  assert(Buffer.byteLength(filter) <= requestLimits.filterBytes && !filter.includes('\0'));
  assert(Buffer.byteLength(clientName) <= requestLimits.clientNameBytes);
  assert(Buffer.byteLength(interfaceName) <= requestLimits.interfaceNameBytes);
  assert(targets.length <= requestLimits.targets);
  for (const target of targets)
    assert(target.kind !== 'netns' || !/^\.{1,2}$|^$|[/\0]/.test(target.name));
  if (modules !== 'all' && modules !== undefined) {
    assert(modules.length <= requestLimits.modules);
    assert(modules.every((name) => /^[\w]{1,56}$/.test(name)));
  }
  assert(spec.maxDurationMs > 0 && spec.maxDurationMs <= MAX_DURATION_MS);
  assert(spec.ringBudgetBytes >= requestLimits.minRingBudgetBytes);
  assert(spec.ringBudgetBytes <= requestLimits.maxRingBudgetBytes);
  if (spec.pods !== undefined) checkPods(spec.pods);
}

function checkPods({ targets, addresses, ports: chosen }: PodSelection): void {
  assert(targets.length <= requestLimits.pods && addresses.length <= requestLimits.addresses);
  assert(chosen.length <= requestLimits.ports);
  for (const { namespace, name, uid } of targets) {
    assert.match(`${namespace}/${name}`, /^[-a-z0-9.]{1,63}\/[-a-z0-9.]{1,253}$/);
    assert(uid.length <= requestLimits.podUidBytes);
  }
  assert(addresses.every(({ length }) => length === 4 || length === 16));
  for (const { port } of chosen) assert(Number.isInteger(port) && port > 0 && port < 65_536);
}

function parseRequest({ start, podTargets }: pwru.v1.TraceRequest.$Properties): void {
  if (start) {
    const outcome = outcomeOf(() => parseStart(start, MAX_DURATION_MS));
    if ('value' in outcome) checkSpec(outcome.value);
    else checkRefusal(outcome.thrown, /^start\./);
  }
  if (!podTargets) return;
  const { pods = [], addresses = [], ports: chosen = [] } = podTargets;
  const outcome = outcomeOf(() =>
    parsePodSelection({
      pods: (pods ?? []).map((each, index) => ({ path: `pod_targets.pods[${index}]`, pod: each })),
      ...{ podsPath: 'pod_targets.pods', addresses: addresses ?? [], ports: chosen ?? [] },
      ...{ addressesPath: 'pod_targets.addresses', portsPath: 'pod_targets.ports' },
    }),
  );
  if ('value' in outcome) checkPods(outcome.value);
  else checkRefusal(outcome.thrown, /^pod_targets\./);
}

/** As grpc-js does: what cannot be decoded is refused there. */
function decoded<T>(decode: (bytes: Uint8Array) => T, message: Uint8Array): T | undefined {
  const outcome = outcomeOf(() => decode(message));
  if ('value' in outcome) return outcome.value;
  assert(outcome.thrown instanceof Error);
  return undefined;
}

const encoded = fc
  .constantFrom(...traceRequests)
  .map((request) => TraceRequest.encode(request).finish());

const functionLists = fc
  .record({ functionRegex: word, backend: word, modules: listOf(word) })
  .map((request) => ListFunctionsRequest.encode(request).finish());

export const requests: FuzzSubject = {
  name: 'requests',
  properties: [
    property(
      'damaged messages of a trace: within the limits, or a refused field',
      editedBytes(encoded),
      (message) => {
        const request = decoded((from) => TraceRequest.decode(from), message);
        if (request !== undefined) parseRequest(request);
      },
      { boundedCases: 3_000 },
    ),
    property(
      'odd fields of a start: within the limits, or a refused field',
      oddStart,
      (start) => {
        const request = decoded(
          (from) => TraceRequest.decode(from),
          TraceRequest.encode({ start } as pwru.v1.TraceRequest.$Properties).finish(),
        );
        // Half a pair of surrogates does not come out of the decoder.
        if (request !== undefined) parseRequest(request);
      },
      { boundedCases: 600 },
    ),
    property(
      'damaged messages that list functions: a selection, or a refused field',
      editedBytes(functionLists),
      (message) => {
        const request = decoded((from) => ListFunctionsRequest.decode(from), message);
        if (request === undefined) return;
        const outcome = outcomeOf(() => parseSelection(request, ''));
        if ('thrown' in outcome)
          checkRefusal(outcome.thrown, /^(function_regex|backend|modules)(\[\d+\])?$/);
      },
      { boundedCases: 3_000 },
    ),
  ],
};
