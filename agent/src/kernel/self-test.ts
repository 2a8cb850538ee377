import { PwruError } from '../core/errors.ts';
import { CONFIG } from '../core/event/layout.ts';
import { runRawTracepointProgram } from '../native/libbpf.ts';
import { BpfObject } from './bpf-object.ts';
import { CounterTable } from './counter-table.ts';
import { possibleCpuCount } from './cpus.ts';

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
 * @param elf the compiled object of a session's programs.
 * @param programs names of some of them, `drop` included.
 * @throws PwruError naming what the kernel refuses.
 */
export async function testPrograms(elf: Uint8Array, programs: readonly string[]): Promise<void> {
  const cpus = possibleCpuCount();
  using object = await BpfObject.load({
    elf,
    name: 'self_test',
    programs,
    initialValues: {
      '.rodata.config': configOfEveryPacket(),
      '.data.ready': Uint8Array.of(1),
    },
    // LRU maps want an entry for each CPU's own list.
    maxEntries: {
      counters: cpus,
      rings: cpus,
      identities: 128 * cpus,
      data_heads: 128 * cpus,
      datagrams: 128 * cpus,
      flow_starts: 128 * cpus,
      answers: 128 * cpus,
    },
  });
  using counters = new CounterTable(object.mapFd('counters'), cpus);
  runRawTracepointProgram(object.programFd(runnable), tracepointArguments);
  // There is no ring for its event.
  const [produced, lost] = [counters.total('produced'), counters.total('lost_no_ring')];
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
