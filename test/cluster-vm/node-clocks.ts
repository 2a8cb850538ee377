import type { JsonNodeStatus } from '../../plugin/src/events/json-shapes.ts';
import type { FinishedTrace, TracedEvent } from '../support/trace.ts';

/** The clocks of a trace's nodes, as the trace has told them. */
export class NodeClocks {
  readonly #statuses: ReadonlyMap<string, JsonNodeStatus>;

  constructor({ statuses }: FinishedTrace) {
    const traced = statuses.filter(
      (status): status is JsonNodeStatus => status.type === 'node' && status.state === 'tracing',
    );
    this.#statuses = new Map(traced.map((status) => [status.node, status]));
  }

  /** Of a node's clock against this machine's. */
  of(node: string): { readonly offsetMs: number; readonly uncertaintyMs: number } {
    const { clockOffsetMs, clockUncertaintyMs } = this.#of(node);
    if (clockOffsetMs === null || clockUncertaintyMs === null)
      throw new Error(`The clock of ${node} was not measured`);
    return { offsetMs: clockOffsetMs, uncertaintyMs: clockUncertaintyMs };
  }

  /** When an event was on the time line of all nodes, in nanoseconds. */
  correctedNs(event: TracedEvent): bigint {
    return wallNs(event) - BigInt(Math.round(this.#of(event.node).clockCorrectionMs * 1e6));
  }

  #of(node: string): JsonNodeStatus {
    const status = this.#statuses.get(node);
    if (status === undefined) throw new Error(`${node} was not traced`);
    return status;
  }
}

/** When an event was by the clock of its node, in nanoseconds since 1970. */
export function wallNs({ time }: TracedEvent): bigint {
  const [seconds = '', fraction = ''] = time.replace('Z', '').split('.');
  return BigInt(Date.parse(`${seconds}Z`)) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
}
