import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { planFilter } from '../../agent/src/core/filter/filter-plan.ts';
import { readProgramFile } from '../../agent/src/kernel/bpf/bpf-object.ts';
import { SessionMaps } from '../../agent/src/kernel/bpf/session-maps.ts';
import { compileExpression, linkTypes } from '../../agent/src/native/libpcap.ts';
import {
  loadPrograms,
  type ProgramsRequest,
  sessionMapSizes,
} from '../../agent/src/trace/source/programs.ts';

/*
 * The verifier follows the ways through a program, not its lines: one more loop on a way that many ways lead to can make
 * a session seconds late. Counted, not timed; a quarter more than Linux 6.18 takes.
 */
const expression = 'udp dst port 9 or ip6';
const noPods = { targets: [], addresses: [], ports: [] };
/** Of tracepoints and slots a session has several. */
const programsOf = {
  functions: ['skb1', 'skb_other', 'drop'],
  'functions-cast': ['skb1', 'skb_other', 'drop'],
  tracepoints: ['tracepoint1'],
  'tracepoints-cast': ['tracepoint1'],
  slots: ['slot1'],
};
const limits = [
  { object: 'functions', track: false, drops: false, pods: false, most: 41_000 },
  { object: 'functions', track: true, drops: false, pods: false, most: 40_500 },
  { object: 'functions', track: true, drops: true, pods: false, most: 45_000 },
  { object: 'functions', track: true, drops: true, pods: true, most: 74_000 },
  { object: 'functions-cast', track: false, drops: false, pods: false, most: 58_000 },
  { object: 'functions-cast', track: true, drops: false, pods: false, most: 60_000 },
  { object: 'functions-cast', track: true, drops: true, pods: false, most: 88_500 },
  { object: 'functions-cast', track: true, drops: true, pods: true, most: 120_500 },
  { object: 'tracepoints', track: false, drops: false, pods: false, most: 19_500 },
  { object: 'tracepoints', track: true, drops: false, pods: false, most: 17_500 },
  { object: 'tracepoints', track: true, drops: true, pods: false, most: 18_000 },
  { object: 'tracepoints', track: true, drops: true, pods: true, most: 49_000 },
  { object: 'tracepoints-cast', track: false, drops: false, pods: false, most: 23_500 },
  { object: 'tracepoints-cast', track: true, drops: false, pods: false, most: 30_000 },
  { object: 'tracepoints-cast', track: true, drops: true, pods: false, most: 30_500 },
  { object: 'tracepoints-cast', track: true, drops: true, pods: true, most: 103_000 },
  { object: 'slots', track: false, drops: false, pods: false, most: 19_500 },
  { object: 'slots', track: true, drops: false, pods: false, most: 16_000 },
  { object: 'slots', track: true, drops: true, pods: false, most: 16_000 },
  { object: 'slots', track: true, drops: true, pods: true, most: 42_500 },
] as const;

test.for(limits)(
  'the verifier looks at $most instructions of a program of $object at most, track: $track, drops: $drops, pods: $pods',
  async ({ object, most, ...session }) => {
    for (const program of programsOf[object]) {
      const verified = await verifiedInstructions(object, program, session);
      // Fewer than a program has: not what is meant to be counted.
      expect(verified, program).toBeGreaterThan(500);
      expect(verified, program).toBeLessThan(most);
    }
  },
);

/** As the kernel counts them since Linux 5.16 (aba64c7da983, struct bpf_prog_info): each as often as it was looked at. */
async function verifiedInstructions(
  object: string,
  program: string,
  session: { readonly track: boolean; readonly drops: boolean; readonly pods: boolean },
): Promise<number> {
  const spec: ProgramsRequest['spec'] = {
    ...{
      targets: [],
      pods: session.pods ? noPods : undefined,
      filter: expression,
      functionRegex: undefined,
    },
    ...{
      backend: undefined,
      modules: [],
      mark: undefined,
      interfaceName: undefined,
      track: session.track,
    },
    ...{
      stack: false,
      dropsOnly: session.drops,
      allDrops: false,
      tellsEnds: session.drops,
      maxDurationMs: 1_000,
      ringBudgetBytes: 65_536,
      mayShrinkRings: false,
      heldShare: 1,
    },
    ...{ watermarkIntervalMs: undefined, shortRepeats: false, expectsPods: false, clientName: '' },
  };
  const filter = planFilter(expression, compileExpression(expression, linkTypes.ethernet));
  using maps = await SessionMaps.create(
    readProgramFile('session_maps'),
    sessionMapSizes({ spec, filter }),
  );
  using loaded = await loadPrograms(readProgramFile(object), maps, {
    spec,
    filter,
    shape: {
      programs: [program],
      slotArguments: object === 'slots' ? new Uint8Array(64).fill(1) : undefined,
      hasReleaseHooks: object.startsWith('functions'),
      isEndSilent: true,
    },
    hasFunctionAddress: true,
    dropNamesSocket: true,
    cpuVariables: { preemptCountAt: 8, currentTaskAt: 16 },
  });
  const info = readFileSync(`/proc/self/fdinfo/${loaded.programFd(program)}`, 'latin1');
  return Number(/^verified_insns:\s+(\d+)/m.exec(info)?.[1]);
}
