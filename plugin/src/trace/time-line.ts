import type Long from 'long';
import type { ClockOffset } from '../kubernetes/clock-offset.ts';
import { ClockAgreement } from './clock-agreement.ts';

/** The common time of all nodes of a trace, beginning with the trace. */
export class TimeLine {
  /** Nanoseconds since 1970. */
  readonly #originNs: bigint;
  readonly #clocks = new ClockAgreement();

  constructor(originMs: number) {
    this.#originNs = BigInt(Math.round(originMs)) * 1_000_000n;
  }

  /** What was measured of a node, before its session begins. */
  measured(node: string, clock: ClockOffset): void {
    this.#clocks.measured(node, clock);
  }

  /** What to take from the wall-clock times of a node whose clock was measured, when its session begins. */
  correctionNs(clock: ClockOffset): bigint {
    return this.#clocks.correctionNs(clock);
  }

  /** The boot time of a node at which the time line begins; negative where it was started later. */
  bootOriginNs(bootToWallNs: Long, correctionNs: bigint): bigint {
    return this.#originNs + correctionNs - BigInt(bootToWallNs.toString());
  }
}
