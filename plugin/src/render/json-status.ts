import { printableJson } from '../printable.ts';

/**
 * A line of `-o json --include-status` that is no event: `type` tells which. As in JsonEvent every field is always there.
 * `time` is this machine's clock, the moment when it became known; RFC 3339, milliseconds.
 */
export type JsonStatus = JsonNodeStatus | JsonNotice | JsonPodStatus | JsonGap | JsonSummary;

/** How it stands with a node is another than before. */
export interface JsonNodeStatus {
  readonly type: 'node';
  readonly time: string;
  readonly node: string;
  /**
   * "connecting", "preparing", "attaching", "tracing", "degraded" (but for what `reason` says), "reconnecting", "gone" (not
   * traced, and not soon), "detaching" or "ended".
   */
  readonly state: string;
  /** "" where there is none. */
  readonly reason: string;
  /** Functions that are on, and how many there are to be; 0 but for attaching and detaching. */
  readonly functionsDone: number;
  readonly functionsTotal: number;
  /** How far its clock is ahead of this machine's, as measured when its agent was reached; null: it was not. */
  readonly clockOffsetMs: number | null;
  /** The offset is right to within this; null with it. */
  readonly clockUncertaintyMs: number | null;
  /** What is taken from the times of its events to order them with other nodes' (the times shown are its own). */
  readonly clockCorrectionMs: number;
}

/** What an agent says about its trace, once: a module was loaded, whose functions are not traced. */
export interface JsonNotice {
  readonly type: 'notice';
  readonly time: string;
  readonly node: string;
  /** One sentence. */
  readonly text: string;
}

/** What an agent says of a pod that it is to trace. */
export interface JsonPodStatus {
  readonly type: 'pod';
  readonly time: string;
  readonly node: string;
  readonly namespace: string;
  readonly name: string;
  /** "" while there is none. */
  readonly uid: string;
  /** "waiting", "resolved", "replaced", "gone", "host-network" or "unresolved". */
  readonly state: string;
  /** How its network namespace was found: "cri", "cgroup" or "". */
  readonly method: string;
  /** 0 while there is none. */
  readonly netnsInode: number;
  readonly addresses: readonly string[];
  readonly message: string;
  /**
   * It came during the trace, and so long, in milliseconds, its packets were not traced: at its beginning, or, with state "gone",
   * up to its end. 0: it was seen from its beginning on, or was there before the trace.
   */
  readonly untracedMs: number;
}

/** A node was not traced for a while. Wall clock of the node. */
export interface JsonGap {
  readonly type: 'gap';
  readonly time: string;
  readonly node: string;
  readonly from: string;
  /** null: it lasts, and the trace is over. */
  readonly to: string | null;
  readonly cause: string;
}

/** The last line. */
export interface JsonSummary {
  readonly type: 'summary';
  readonly time: string;
  readonly durationMs: number;
  readonly shownEvents: number;
  /** Every node is; else the exit code is 3. */
  readonly complete: boolean;
  readonly nodes: readonly JsonNodeSummary[];
  /** Pods that were not seen from their beginning on, see JsonPodStatus.untracedMs. */
  readonly unseenPods: readonly JsonUnseenPod[];
}

export interface JsonUnseenPod {
  readonly node: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly untracedMs: number;
}

export interface JsonNodeSummary {
  readonly node: string;
  /** All that was to be traced there was, without a gap up to the end, and no event was lost. */
  readonly complete: boolean;
  readonly backend: string;
  /** Better ones, which the kernel or the agent's rights do not let it use. */
  readonly rejectedBackends: readonly JsonRejectedBackend[];
  readonly functionsAttached: number;
  readonly packets: number;
  readonly producedEvents: number;
  readonly deliveredEvents: number;
  readonly withheldEvents: number;
  /** With --drops: packets by the class of their drops (lost, copy, discarded, unwanted, not-a-packet). */
  readonly droppedPackets: Readonly<Record<string, number>>;
  readonly lostEvents: number;
  readonly missedHits: number;
  readonly undecidedHits: number;
}

export interface JsonRejectedBackend {
  readonly name: string;
  readonly reason: string;
}

export function jsonStatusLine(status: JsonStatus): string {
  return `${printableJson(status)}\n`;
}
