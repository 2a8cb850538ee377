import Long from 'long';
import { pwru } from '../../../../proto/gen/pwru.js';
import type { HeldDepartures } from './held-departures.ts';

/** The encoded TraceResponse for each thing that a session says beside its events. */

export function encodeStarted(started: pwru.v1.IStarted): Uint8Array {
  return pwru.v1.TraceResponse.encode({ started }).finish();
}

export function encodeStatus(status: pwru.v1.IStatus): Uint8Array {
  return pwru.v1.TraceResponse.encode({ status }).finish();
}

export function encodePodTarget(podTarget: pwru.v1.IPodTargetStatus): Uint8Array {
  return pwru.v1.TraceResponse.encode({ podTarget }).finish();
}

/** @param bootTimeNs CLOCK_BOOTTIME. */
export function encodeWatermark(bootTimeNs: number): Uint8Array {
  const watermark = { bootTimeNs: Long.fromNumber(bootTimeNs, true) };
  return pwru.v1.TraceResponse.encode({ watermark }).finish();
}

export function encodeSummary(summary: pwru.v1.ISummary): Uint8Array {
  return pwru.v1.TraceResponse.encode({ summary }).finish();
}

/** @param departures undefined: the session holds no packets back until they are judged */
export function departureFields(
  departures: HeldDepartures | undefined,
): Pick<pwru.v1.ISummary, 'departures' | 'departuresIncomplete'> {
  if (departures === undefined) return {};
  return {
    departures: Array.from(departures.all, ({ lastNs, ...departure }) => ({
      ...departure,
      lastBootTimeNs: Long.fromNumber(lastNs, true),
    })),
    departuresIncomplete: departures.isFull,
  };
}
