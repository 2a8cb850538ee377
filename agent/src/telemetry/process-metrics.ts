import type { Registry } from 'prom-client';
import registerGarbageCollection from 'prom-client/lib/metrics/gc.js';
import registerHeap from 'prom-client/lib/metrics/heapSizeAndUsed.js';
import registerHeapSpaces from 'prom-client/lib/metrics/heapSpacesSizeAndUsed.js';
import registerMemory from 'prom-client/lib/metrics/osMemoryHeap.js';
import registerCpuTime from 'prom-client/lib/metrics/processCpuTotal.js';
import registerMaxDescriptors from 'prom-client/lib/metrics/processMaxFileDescriptors.js';
import registerOpenDescriptors from 'prom-client/lib/metrics/processOpenFileDescriptors.js';
import registerStartTime from 'prom-client/lib/metrics/processStartTime.js';
import registerVersion from 'prom-client/lib/metrics/version.js';

/** `process_*` and `nodejs_*` as other programs on Node.js have them, less the event loop's lag: measuring it costs a timer. */
export function registerProcessMetrics(registry: Registry): void {
  registerCpuTime(registry);
  registerStartTime(registry);
  registerMemory(registry);
  registerOpenDescriptors(registry);
  registerMaxDescriptors(registry);
  registerHeap(registry);
  registerHeapSpaces(registry);
  registerGarbageCollection(registry);
  registerVersion(registry);
}
