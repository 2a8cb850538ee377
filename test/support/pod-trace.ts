import { setTimeout as delay } from 'node:timers/promises';
import type { LocalAgent } from '../../agent/src/local-agent.ts';
import type { LocalTraceStream } from '../../agent/src/server/local-calls.ts';
import { formatIpv4, formatIpv6 } from '../../plugin/src/events/ip-address.ts';
import { pwru } from '../../proto/gen/pwru.js';

/** What the tests of pods look at. */
export interface PodEvent {
  /** Where: "demo/client", "node", or the namespace's name or inode number. */
  readonly place: string;
  readonly podUid: string;
  readonly packetId: string;
  readonly ipVersion: number;
  /** `192.0.2.1 80`; of a packet without ports the port is 0. */
  readonly from: string;
  readonly to: string;
  readonly dropReason: string;
}

/** A bound of what never comes: a session of pods takes the verifier seconds on a busy machine. */
const waitMs = 50_000;

/** One Trace call to an agent in this process, read as it comes. */
export class PodTrace implements AsyncDisposable {
  readonly events: PodEvent[] = [];
  readonly states: pwru.v1.PodTargetState[] = [];
  /** The same with all that was told, in the same order. */
  readonly statuses: pwru.v1.PodTargetStatus.$Properties[] = [];
  readonly watermarks: bigint[] = [];
  accounting: pwru.v1.Accounting.$Properties = {};
  readonly #stream: LocalTraceStream;
  readonly #places = new Map<number, { place: string; podUid: string }>();
  readonly #dropReasons = new Map<number, string>();
  readonly #reading: Promise<void>;
  readonly #heartbeat: NodeJS.Timeout;
  #failure: Error | undefined;
  #isStarted = false;
  #isOver = false;

  private constructor(stream: LocalTraceStream) {
    this.#stream = stream;
    this.#heartbeat = setInterval(() => stream.send({ heartbeat: {} }), 5_000);
    this.#reading = this.#read()
      .catch((failure: unknown) => {
        this.#failure = failure instanceof Error ? failure : new Error(String(failure));
      })
      .finally(() => clearInterval(this.#heartbeat));
  }

  /** Resolves when the session traces. @throws what the agent refuses it with. */
  static async start(agent: LocalAgent, start: pwru.v1.StartTrace.$Properties): Promise<PodTrace> {
    const trace = new PodTrace(agent.trace(start));
    await trace.#until(() => trace.#isStarted);
    return trace;
  }

  setPods(pods: readonly pwru.v1.PodTarget.$Properties[]): void {
    this.#stream.send({ podTargets: { pods: [...pods] } });
  }

  async untilEvents(isEnough: (events: readonly PodEvent[]) => boolean): Promise<PodEvent[]> {
    await this.#until(() => isEnough(this.events));
    // What was sent before is on its way for at most 21 ms more.
    await delay(100);
    return [...this.events];
  }

  async untilStates(
    isEnough: (states: readonly pwru.v1.PodTargetState[]) => boolean,
  ): Promise<void> {
    await this.#until(() => isEnough(this.states));
  }

  async untilWatermarks(count: number): Promise<this> {
    await this.#until(() => this.watermarks.length >= count);
    return this;
  }

  /** Ends the session and reads to its end. @throws what it failed with. */
  async stop(): Promise<this> {
    this.#stream.send({ stop: {} });
    await this.#reading;
    if (this.#failure !== undefined) throw this.#failure;
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stream.cancel();
    await this.#reading;
  }

  async #until(isDone: () => boolean): Promise<void> {
    const deadlineMs = performance.now() + waitMs;
    while (!isDone()) {
      if (this.#failure !== undefined) throw this.#failure;
      if (this.#isOver || performance.now() > deadlineMs) throw new Error('It did not happen');
      await delay(5);
    }
  }

  async #read(): Promise<void> {
    for await (const bytes of this.#stream.responses) {
      const response = pwru.v1.TraceResponse.decode(bytes);
      if (response.started) this.#isStarted = true;
      for (const entry of response.dictionary?.entries ?? []) this.#learn(entry);
      for (const event of response.events?.events ?? []) this.events.push(this.#eventOf(event));
      if (response.podTarget) {
        this.states.push(response.podTarget.state ?? 0);
        this.statuses.push(response.podTarget);
      }
      if (response.summary?.accounting) this.accounting = response.summary.accounting;
      if (response.watermark) {
        this.watermarks.push(BigInt(String(response.watermark.bootTimeNs ?? 0)));
      }
    }
    this.#isOver = true;
  }

  #learn({ id, networkNamespace, dropReason }: pwru.v1.DictionaryEntry.$Properties): void {
    if (dropReason) this.#dropReasons.set(id ?? 0, dropReason.name ?? '');
    if (!networkNamespace) return;
    const { inode, name, pod, node } = networkNamespace;
    const place = pod ? `${pod.namespace}/${pod.name}` : name || String(inode);
    this.#places.set(inode ?? 0, { place: node ? 'node' : place, podUid: pod?.uid ?? '' });
  }

  #eventOf(event: pwru.v1.Event.$Properties): PodEvent {
    const { place = '', podUid = '' } = this.#places.get(event.netnsInode ?? 0) ?? {};
    return {
      place,
      podUid,
      packetId: String(event.packetId ?? 0),
      ipVersion: event.ipVersion ?? 0,
      from: endText(event.sourceAddress, event.sourcePort),
      to: endText(event.destinationAddress, event.destinationPort),
      dropReason: this.#dropReasons.get(event.dropReasonId ?? 0) ?? '',
    };
  }
}

function endText(address: Uint8Array | null | undefined, port: number | null | undefined): string {
  if (address?.length === 4) return `${formatIpv4(address, 0)} ${port ?? 0}`;
  return address?.length === 16 ? `${formatIpv6(address, 0)} ${port ?? 0}` : '';
}
