import { pwru } from '../../../proto/gen/pwru.js';
import { count, lossTotals } from '../events/accounting.ts';
import { droppedPackets } from '../events/drop-class.ts';
import { formatIpv4, formatIpv6 } from '../events/ip-address.ts';
import { type JsonNodeSummary, type JsonStatus, jsonStatusLine } from '../events/json-shapes.ts';
import type { NodeTrace } from '../trace/node-trace.ts';
import { isPartial } from '../trace/partial-trace.ts';
import type { Gap } from '../trace/recovery.ts';
import type { TraceReport, TraceResult } from '../trace/trace-report.ts';
import type { UnseenPods } from '../trace/unseen-pods.ts';

/** How a trace goes on, for a program: lines between the events of `-o json`. */
export class JsonReport implements TraceReport {
  readonly #emit: (line: string) => void;
  readonly #unseen: UnseenPods;
  /** The last state of each that was told. */
  readonly #told = new Map<NodeTrace, string>();

  /** @param emit takes a line for standard output */
  constructor(emit: (line: string) => void, unseen: UnseenPods) {
    this.#emit = emit;
    this.#unseen = unseen;
  }

  state(node: NodeTrace): void {
    const { kind, done = 0, total = 0, reason = '' } = { ...noDetails, ...node.state };
    const state = {
      ...{ state: kind, reason, functionsDone: done, functionsTotal: total },
      ...clockFields(node),
    };
    const key = JSON.stringify(state);
    if (this.#told.get(node) === key) return;
    this.#told.set(node, key);
    this.#tell({ ...{ type: 'node', time: now(), node: node.name }, ...state });
  }

  status(): void {}

  notice(node: NodeTrace, text: string): void {
    this.#tell({ type: 'notice', time: now(), node: node.name, text });
  }

  podTarget(node: NodeTrace, status: pwru.v1.PodTargetStatus): void {
    const { target, state, pod, method, netnsInode, addresses, message } = status;
    this.#tell({
      ...{ type: 'pod', time: now(), node: node.name },
      namespace: target?.namespace ?? '',
      name: target?.name ?? '',
      uid: pod?.uid ?? '',
      state: podStateNames[state] ?? '',
      ...{ method, netnsInode, message },
      untracedMs: this.#unseen.take(node, status)?.untracedMs ?? 0,
      addresses: addresses.map((address) =>
        address.length === 4 ? formatIpv4(address, 0) : formatIpv6(address, 0),
      ),
    });
  }

  gap(node: NodeTrace, gap: Gap): void {
    this.#tell({
      ...{ type: 'gap', time: now(), node: node.name },
      from: new Date(gap.fromMs).toISOString(),
      to: gap.toMs === undefined ? null : new Date(gap.toMs).toISOString(),
      cause: gap.cause,
    });
  }

  summary(): void {}

  began(): void {}

  total(): void {}

  ended({ nodes, closed, shownEvents, durationMs }: TraceResult): void {
    for (const node of nodes) {
      const last = node.gaps.at(-1);
      if (last !== undefined && last.toMs === undefined) this.gap(node, last);
    }
    this.#tell({
      ...{ type: 'summary', time: now(), durationMs: Math.round(durationMs), shownEvents },
      complete: nodes.every((node) => !isPartial(node, closed.has(node))),
      nodes: nodes.map((node) => nodeSummary(node, closed.has(node))),
      unseenPods: this.#unseen.pods.map(({ node, namespace, name, uid, untracedMs }) => ({
        ...{ node, namespace, name, uid, untracedMs },
      })),
    });
  }

  clearProgress(): void {}

  #tell(status: JsonStatus): void {
    this.#emit(jsonStatusLine(status));
  }
}

const { PodTargetState } = pwru.v1;

const podStateNames: Readonly<Record<number, string>> = {
  [PodTargetState.POD_TARGET_STATE_WAITING]: 'waiting',
  [PodTargetState.POD_TARGET_STATE_RESOLVED]: 'resolved',
  [PodTargetState.POD_TARGET_STATE_REPLACED]: 'replaced',
  [PodTargetState.POD_TARGET_STATE_GONE]: 'gone',
  [PodTargetState.POD_TARGET_STATE_HOST_NETWORK]: 'host-network',
  [PodTargetState.POD_TARGET_STATE_UNRESOLVED]: 'unresolved',
};

/** Of a state that has none. */
const noDetails: { done?: number; total?: number; reason?: string } = {};

function clockFields({ clock, clockCorrectionNs }: NodeTrace) {
  return {
    clockOffsetMs: clock === undefined ? null : milliseconds(clock.offsetNs),
    clockUncertaintyMs: clock === undefined ? null : milliseconds(clock.uncertaintyNs),
    clockCorrectionMs: milliseconds(clockCorrectionNs),
  };
}

function milliseconds(ns: bigint): number {
  return Number(ns) / 1e6;
}

function now(): string {
  return new Date().toISOString();
}

function nodeSummary(node: NodeTrace, isClosed: boolean): JsonNodeSummary {
  const { started, accounting = {} } = node;
  return {
    node: node.name,
    complete: !isPartial(node, isClosed),
    backend: started?.backend ?? '',
    rejectedBackends: (started?.rejectedBackends ?? []).map(({ name, reason }) => ({
      name: name ?? '',
      reason: reason ?? '',
    })),
    functionsAttached: started?.functionsAttached ?? 0,
    packets: Number(count(accounting.packets)),
    producedEvents: Number(count(accounting.producedEvents)),
    deliveredEvents: Number(count(accounting.deliveredEvents)),
    deliveredEnds: Number(count(accounting.deliveredEnds)),
    withheldEvents: Number(count(accounting.withheldEvents)),
    droppedPackets: Object.fromEntries(
      Array.from(droppedPackets(accounting.droppedPackets ?? []), ([name, packets]) => [
        name,
        Number(packets),
      ]),
    ),
    lostEvents: Number(lossTotals(accounting.losses ?? []).totalEvents),
    missedHits: Number(count(accounting.missedHits)),
    undecidedHits: Number(count(accounting.undecidedHits)),
    blindSoftirqs: Number(count(accounting.blindSoftirqs)),
    identityCut: Number(count(accounting.identityCut)),
  };
}
