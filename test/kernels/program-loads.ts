import { messageOf } from '../../agent/src/core/errors.ts';
import { planFilter } from '../../agent/src/core/filter/filter-plan.ts';
import { PWRU_SLOTS } from '../../agent/src/core/record/layout.ts';
import { BlindSoftirqs } from '../../agent/src/kernel/bpf/blind-softirqs.ts';
import { readProgramFile } from '../../agent/src/kernel/bpf/bpf-object.ts';
import { SessionMaps } from '../../agent/src/kernel/bpf/session-maps.ts';
import { compileExpression, linkTypes } from '../../agent/src/native/libpcap.ts';
import type { BackendName, TraceSpec } from '../../agent/src/trace/request/trace-spec.ts';
import type { ProbeShape } from '../../agent/src/trace/source/probe-source.ts';
import { loadPrograms, sessionMapSizes } from '../../agent/src/trace/source/programs.ts';
import type { LoadOutcome, LoadRequest } from './load-request.ts';

/*
 * Runs in a guest: loads every program of the product into its kernel, with settings that differ in all that the programs
 * look at, and writes what became of each as one line of JSON.
 */

type ProgramObject = LoadRequest['programs'][number]['object'];

const functionPrograms = ['skb1', 'skb2', 'skb3', 'skb_other'];

const positions = [1, 2, 3, 4, 5];

/** Every position of an argument once. */
const slotArguments = Uint8Array.from({ length: PWRU_SLOTS }, (_, slot) => (slot <= 5 ? slot : 0));

function shapeOf(object: ProgramObject, backend: BackendName): Omit<ProbeShape, 'isEndSilent'> {
  if (backend === 'tracepoint') {
    const kind = object === 'slots' ? 'slot' : 'tracepoint';
    return {
      programs: [...positions.map((position) => `${kind}${position}`), 'drop', 'end'],
      slotArguments: object === 'slots' ? slotArguments : undefined,
      hasReleaseHooks: false,
    };
  }
  const prefix = backend === 'kprobe' ? 'kprobe_' : '';
  return {
    programs: [...functionPrograms.map((name) => `${prefix}${name}`), 'drop'],
    slotArguments: undefined,
    hasReleaseHooks: true,
  };
}

type Settings = Pick<
  TraceSpec,
  'targets' | 'pods' | 'mark' | 'interfaceName' | 'track' | 'stack' | 'filter' | 'dropsOnly'
>;

const host = { targets: [], pods: undefined, mark: { value: 1, mask: 1 }, interfaceName: 'eth0' };
const namespace = {
  ...{ targets: [{ kind: 'pid' as const, pid: 1 }], pods: undefined },
  ...{ mark: undefined, interfaceName: undefined },
};
const pods = { ...namespace, targets: [], pods: { targets: [], addresses: [], ports: [] } };

const small = 'udp port 4000';
const ofEveryLayer = 'ether src 02:00:00:00:00:01 and vlan and len > 80 and tcp[20] = 1';

/** Each target with and without --track and --drops, and each filter with and without any flag. */
const settings: readonly Settings[] = [
  { ...host, track: false, stack: false, filter: '', dropsOnly: true },
  { ...host, track: true, stack: true, filter: small, dropsOnly: false },
  { ...namespace, track: false, stack: true, filter: ofEveryLayer, dropsOnly: false },
  { ...namespace, track: true, stack: false, filter: '', dropsOnly: true },
  { ...pods, track: false, stack: false, filter: small, dropsOnly: false },
  { ...pods, track: true, stack: true, filter: ofEveryLayer, dropsOnly: true },
];

async function load(
  object: ProgramObject,
  backend: BackendName,
  chosen: Settings,
  hasFunctionAddress: boolean,
) {
  const filter = planFilter(chosen.filter, compileExpression(chosen.filter, linkTypes.ethernet));
  const spec: TraceSpec = {
    ...chosen,
    ...{ functionRegex: undefined, backend: undefined, modules: [], allDrops: chosen.dropsOnly },
    tellsEnds: chosen.track,
    ...{
      maxDurationMs: 1_000,
      ringBudgetBytes: 65_536,
      mayShrinkRings: false,
      heldShare: 1,
      watermarkIntervalMs: undefined,
    },
    ...{ shortRepeats: false, expectsPods: false, clientName: '' },
  };
  using maps = await SessionMaps.create(
    readProgramFile('session_maps'),
    sessionMapSizes({ spec, filter }),
  );
  using _object = await loadPrograms(readProgramFile(object), maps, {
    spec,
    filter,
    shape: { ...shapeOf(object, backend), isEndSilent: !chosen.track },
    hasFunctionAddress,
    dropNamesSocket: true,
    cpuVariables: chosen.track ? { preemptCountAt: 8, currentTaskAt: 16 } : undefined,
  });
}

function describeSettings({ filter, track, stack, dropsOnly, targets, pods }: Settings): string {
  const target = pods !== undefined ? 'pods' : targets.length > 0 ? 'a namespace' : 'the host';
  const flags = `${track ? ' --track' : ''}${stack ? ' --stack' : ''}${dropsOnly ? ' --drops' : ''}`;
  return `${target}${flags}, filter "${filter}"`;
}

async function main(): Promise<void> {
  const request = JSON.parse(process.argv[2] ?? '') as LoadRequest;
  const { programs, hasFunctionAddress, countsSoftirqs } = request;
  const outcomes: LoadOutcome[] = [];
  for (const { object, backend } of programs) {
    for (const chosen of settings) {
      outcomes.push({
        load: `${object} by ${backend}: ${describeSettings(chosen)}`,
        failure: await failureOf(() => load(object, backend, chosen, hasFunctionAddress)),
      });
    }
  }
  if (countsSoftirqs) outcomes.push({ load: 'softirqs', failure: await countSoftirqs() });
  process.stdout.write(JSON.stringify(outcomes));
}

/** @returns why they cannot be counted; else the empty text */
async function countSoftirqs(): Promise<string> {
  await using use = await new BlindSoftirqs((load) => load(readProgramFile('softirqs'))).use();
  return (await use.failure) ?? '';
}

async function failureOf(step: () => Promise<void>): Promise<string> {
  try {
    await step();
    return '';
  } catch (thrown) {
    return messageOf(thrown);
  }
}

void main();
