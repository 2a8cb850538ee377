import { closeSync, readSync, writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { PwruError } from '../../core/errors.ts';
import { CONFIG } from '../../core/record/layout.ts';
import { explainNoHit } from '../../core/refusal/explain-refusal.ts';
import { errnoName } from '../../native/errno.ts';
import {
  attachKprobeMulti,
  attachRawTracepoint,
  lookUpMap,
  runRawTracepointProgram,
} from '../../native/libbpf.ts';
import { closeFd, unixDatagramPair } from '../../native/libc.ts';
import { possibleCpuCount } from '../cpus.ts';
import { bpfError, refusalError } from '../refusal-error.ts';
import { readRestrictions } from '../restrictions.ts';
import { BpfObject } from './bpf-object.ts';
import { kprobeMultiError } from './kprobe-multi.ts';
import { openPerfKprobe, perfKprobeError, requireKprobePmu } from './perf-kprobe.ts';
import { SessionMaps } from './session-maps.ts';

/**
 * Functions that a datagram between two unix sockets goes through (net/unix/af_unix.c, net/core/skbuff.c, Linux 5.10 to 7.3),
 * by name; any of them does.
 */
export const trialFunctions: readonly string[] = [
  'consume_skb',
  'skb_copy_datagram_from_iter',
  'skb_queue_tail',
  'skb_free_datagram',
  'skb_release_data',
];

/** Hit where such a datagram has been read. */
const trialTracepoint = 'consume_skb';

/** Waited in all for a hit, after each datagram a little longer: a hit may be skipped, but not all of them. */
const pausesMs = [0, 1, 2, 5, 10, 20, 50];

/** Where a probe of a kind is attached. */
export interface TrialPlace {
  readonly kind: 'kprobe.multi' | 'kprobe' | 'tracepoint';
  /**
   * Entries of some of `trialFunctions`, at least one; of a plain kprobe the first counts. Not for a tracepoint. Asked for once the
   * kernel has taken the program: to look for functions takes longer.
   */
  addresses(): Promise<readonly bigint[]>;
}

const trials = {
  'kprobe.multi': { program: 'trial_multi', attach: attachMulti },
  kprobe: { program: 'trial_kprobe', attach: attachKprobe },
  tracepoint: { program: 'trial_tracepoint', attach: attachTracepoint },
} as const;

/**
 * Attaches a probe, sends a datagram through it and sees whether it was hit. The datagram goes over a pair of unix sockets:
 * it needs no network device.
 * @param elf the object of bpf/trial.bpf.c.
 * @returns `detached` settles when the probe is gone again, for which the verdict does not wait.
 * @throws PwruError: the kernel refuses the program or the probe, or the probe is never hit; what `addresses` throws.
 */
export async function tryHit(
  place: TrialPlace,
  elf: Uint8Array,
): Promise<{ readonly detached: Promise<void> }> {
  const { kind } = place;
  const { program, attach } = trials[kind];
  using object = await BpfObject.load({ elf, name: 'trial', programs: [program] });
  const link = await attach(object.programFd(program), await place.addresses());
  let detached: Promise<void>;
  let isHit: boolean;
  try {
    isHit = await sendUntilHit(object.mapFd('.data.hits'));
  } finally {
    detached = closeFd(link);
  }
  if (isHit) return { detached };
  await detached;
  throw refusalError(
    `Cannot trace by ${kind}`,
    explainNoHit(readRestrictions(), kind === 'kprobe'),
  );
}

/**
 * Where it is not known which functions can be traced, the kernel may refuse all of them for one: then each alone.
 * @returns the link's fd, as the other two.
 */
async function attachMulti(programFd: number, addresses: readonly bigint[]): Promise<number> {
  let refusedWith = 0;
  for (const some of [addresses, ...addresses.map((address) => [address])]) {
    const cookies = new BigUint64Array(some.length);
    const link = await attachKprobeMulti(programFd, BigUint64Array.from(some), cookies);
    if (link >= 0) return link;
    refusedWith = -link;
  }
  throw kprobeMultiError(addresses.length, errnoName(refusedWith));
}

async function attachKprobe(programFd: number, [address = 0n]: readonly bigint[]): Promise<number> {
  const link = await openPerfKprobe(requireKprobePmu(), { programFd, address, cookie: 0n });
  if ('errno' in link) throw perfKprobeError(link);
  return link.fd;
}

async function attachTracepoint(programFd: number): Promise<number> {
  const link = await attachRawTracepoint(programFd, trialTracepoint);
  if (link < 0) throw bpfError(`Cannot attach to tracepoint ${trialTracepoint}`, errnoName(-link));
  return link;
}

async function sendUntilHit(hitsFd: number): Promise<boolean> {
  const [sender, receiver] = unixDatagramPair();
  try {
    for (const pauseMs of pausesMs) {
      const byte = Uint8Array.of(1);
      writeSync(sender, byte);
      readSync(receiver, byte);
      if (pauseMs > 0) await delay(pauseMs);
      if (hasHits(hitsFd)) return true;
    }
    return false;
  } finally {
    closeSync(sender);
    closeSync(receiver);
  }
}

function hasHits(hitsFd: number): boolean {
  const hits = Buffer.alloc(8);
  const result = lookUpMap(hitsFd, new Uint8Array(4), hits);
  if (result < 0) throw bpfError('Cannot read the hits of a trial', errnoName(-result));
  return hits.readBigUInt64LE() > 0n;
}

/** The program that every session has, whatever its backend: for the tracepoint skb:kfree_skb. */
const runnable = 'drop';

/**
 * Its arguments: skb, location, reason, and room for what later kernels add. No kernel has an skb at this address; a
 * program's read of it gives zero.
 */
const tracepointArguments = BigUint64Array.of(1n, 0n, 0n, 0n, 0n);

/**
 * Loads programs of the product into this kernel with their maps, runs one of them once and looks whether it has counted the
 * hit. Nothing is attached; what is loaded is gone when it returns.
 * @param mapsElf the compiled object of a session's maps.
 * @param elf the compiled object of a session's programs.
 * @param programs names of some of them, `drop` included.
 * @throws PwruError naming what the kernel refuses.
 */
export async function testPrograms(
  mapsElf: Uint8Array,
  elf: Uint8Array,
  programs: readonly string[],
): Promise<void> {
  const sizes = { packets: 0, heads: 0, datagrams: 0, flows: 0, pods: false };
  using maps = await SessionMaps.create(mapsElf, { cpus: possibleCpuCount(), ...sizes });
  maps.setControl({ ready: true });
  using object = await BpfObject.load({
    elf,
    name: 'self_test',
    programs,
    initialValues: { '.rodata.config': configOfEveryPacket() },
    shared: maps.shared,
  });
  runRawTracepointProgram(object.programFd(runnable), tracepointArguments);
  // There is no ring for its event.
  const [produced, lost] = [maps.counters.total('produced'), maps.counters.total('lost_no_ring')];
  if (produced !== 1 || lost !== 1) {
    throw new PwruError(
      'SYSTEM',
      `Cannot trust BPF on this kernel: a program that was run once has counted ${produced} hits, ${lost} of them without a ring`,
    );
  }
}

/** struct pwru_config of a session without any filter, for which a drop of what is no packet counts as well. */
function configOfEveryPacket(): Uint8Array {
  const bytes = new Uint8Array(CONFIG.SIZE);
  for (const { offset } of [CONFIG.any_netns, CONFIG.drops, CONFIG.non_packets]) bytes[offset] = 1;
  return bytes;
}
