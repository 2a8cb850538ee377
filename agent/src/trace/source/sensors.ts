import { PWRU_SLOT_CONSUME_SKB, PWRU_SLOT_KFREE_SKB } from '../../core/record/layout.ts';
import { bpfError } from '../../kernel/refusal-error.ts';
import { errnoName } from '../../native/errno.ts';
import { attachRawTracepoint } from '../../native/libbpf.ts';
import type { ProbeAttachRequest, ProbeSource } from './probe-source.ts';

interface Sensor {
  /** Of the BPF program (bpf/include/sensors.h). */
  readonly program: string;
  readonly tracepoint: string;
  readonly slot: number;
}

/** On skb:kfree_skb, in every session for the drop reason. */
export const dropSensor: Sensor = {
  ...{ program: 'drop', tracepoint: 'kfree_skb', slot: PWRU_SLOT_KFREE_SKB },
};

/** On skb:consume_skb, where no release program tells that a packet has ended. */
export const endSensor: Sensor = {
  ...{ program: 'end', tracepoint: 'consume_skb', slot: PWRU_SLOT_CONSUME_SKB },
};

/**
 * Tracepoints that keep the knowledge of packets right.
 * @param counted those that are among what the user selected
 */
export function sensorSource(
  sensors: readonly Sensor[],
  counted: readonly Sensor[] = [],
): ProbeSource {
  return {
    total: counted.length,
    programs: sensors.map(({ program }) => program),
    places: new Map(
      sensors.map(({ slot, tracepoint }) => [
        BigInt(slot),
        { name: tracepoint, module: '', tracepoint: true },
      ]),
    ),
    refused: [],
    attach: async (request) => {
      let done = 0;
      for (const sensor of sensors) {
        if (request.signal.aborted) break;
        const probes = counted.includes(sensor) ? 1 : 0;
        await attachSensor(sensor, probes, request);
        done += probes;
        request.onProgress(done);
      }
      return [];
    },
  };
}

/** @throws PwruError: a session without it would say what is not so. */
async function attachSensor(
  { program, tracepoint }: Sensor,
  probes: number,
  { links, programFd }: ProbeAttachRequest,
): Promise<void> {
  const link = await attachRawTracepoint(programFd(program), tracepoint);
  if (link < 0) throw bpfError(`Cannot attach to tracepoint ${tracepoint}`, errnoName(-link));
  links.add(link, probes);
}
