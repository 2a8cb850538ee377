import type { LoneControlPlane } from '../../cluster/lab/lone-control-plane.ts';
import { parseSamples, type Samples } from '../../support/metrics-text.ts';
import { cpuSeconds, statusMib } from '../../support/process-usage.ts';

/** What a control plane has done in some time. */
export interface ServerLoad {
  readonly seconds: number;
  /** Of the API server and of etcd. */
  readonly apiServerCpuSeconds: number;
  readonly etcdCpuSeconds: number;
  /** Requests of pods that ended, by verb; a watch ends late. */
  readonly podLists: number;
  /** Answered with 429: come back later. */
  readonly refused: number;
  /** Bytes of answers to GET and LIST, as they went over the wire. */
  readonly answerBytes: number;
  /** Listings of any kind that the API server made of etcd: one for each page. */
  readonly etcdLists: number;
  /** Goroutines that the API server has more, and memory of their stacks. Its heap is garbage for the most part. */
  readonly goroutines: number;
  readonly stackBytes: number;
}

const counters = [
  'apiserver_request_total{',
  'apiserver_response_sizes_sum{',
  'etcd_request_duration_seconds_count{',
  'go_goroutines ',
  'go_memstats_stack_inuse_bytes ',
];

interface Reading {
  readonly atMs: number;
  readonly apiServer: number;
  readonly etcd: number;
  readonly samples: Samples;
}

/** Reads the control plane's counters. Not across a restart of the API server, with which its own start anew. */
export class LoadMeter {
  readonly #cluster: LoneControlPlane;
  #last: Reading | undefined;

  constructor(cluster: LoneControlPlane) {
    this.#cluster = cluster;
  }

  /** Memory of the API server, now. */
  get apiServerMib(): number {
    return statusMib(this.#cluster.pids.apiServer, 'VmRSS');
  }

  /** @returns what there was since the last call, or since it began to be read */
  async lap(): Promise<ServerLoad> {
    const before = this.#last;
    const now = await this.#read();
    this.#last = now;
    const since = (pattern: RegExp) =>
      sumMatching(now.samples, pattern) -
      (before === undefined ? 0 : sumMatching(before.samples, pattern));
    return {
      seconds: (now.atMs - (before?.atMs ?? now.atMs)) / 1_000,
      apiServerCpuSeconds: now.apiServer - (before?.apiServer ?? now.apiServer),
      etcdCpuSeconds: now.etcd - (before?.etcd ?? now.etcd),
      podLists: since(/^apiserver_request_total\{.*resource="pods".*verb="LIST"/),
      refused: since(/^apiserver_request_total\{.*code="429"/),
      answerBytes: since(/^apiserver_response_sizes_sum\{/),
      etcdLists: since(/^etcd_request_duration_seconds_count\{operation="list"/),
      goroutines: since(/^go_goroutines$/),
      stackBytes: since(/^go_memstats_stack_inuse_bytes$/),
    };
  }

  /** The API server was started anew: its counters have begun at 0, and what it did before it served is in the next lap. */
  restarted(): void {
    const etcd = cpuSeconds(this.#cluster.pids.etcd);
    this.#last = { atMs: performance.now(), apiServer: 0, etcd, samples: new Map() };
  }

  async #read(): Promise<Reading> {
    const text = await this.#cluster.kubectl(['get', '--raw', '/metrics']);
    const { apiServer, etcd } = this.#cluster.pids;
    return {
      atMs: performance.now(),
      apiServer: cpuSeconds(apiServer),
      etcd: cpuSeconds(etcd),
      samples: parseSamples(countersOf(text)),
    };
  }
}

/** Only those that are read here: others' labels have commas. */
function countersOf(text: string): string {
  return text
    .split('\n')
    .filter((line) => counters.some((name) => line.startsWith(name)))
    .join('\n');
}

function sumMatching(samples: Samples, pattern: RegExp): number {
  let sum = 0;
  for (const [series, value] of samples) if (pattern.test(series)) sum += value;
  return sum;
}
