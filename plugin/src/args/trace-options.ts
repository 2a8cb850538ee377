import type { AgentChoice } from './agent-choice.ts';
import type { ClusterScope } from './cluster-scope.ts';
import type { ClusterOptions } from './connection.ts';
import type { MachineTarget } from './machine-target.ts';
import type { PacketFilter } from './packet-filter.ts';
import type { PeerOption } from './peer.ts';

/** A whole command line, every value usable. */
export interface TraceOptions extends ClusterOptions {
  readonly agent: AgentChoice;
  /** Of the machine that is traced; empty: the whole host. Only without a cluster. */
  readonly targets: readonly MachineTarget[];
  /** Empty without a cluster. */
  readonly scope: ClusterScope;
  /** --from and --to where they name an object: what they add to `filter` is known when it has been found. */
  readonly peers: readonly PeerOption[];
  readonly filter: PacketFilter;
  readonly dropsOnly: boolean;
  /** Drops of every class, not only lost packets. */
  readonly allDrops: boolean;
  /** RE2 expression; undefined selects all functions. */
  readonly functionRegex: string | undefined;
  /** Undefined lets the agent choose. */
  readonly backend: string | undefined;
  readonly modules: 'all' | readonly string[];
  /** Unsigned 32-bit numbers. */
  readonly mark: { readonly value: number; readonly mask: number } | undefined;
  readonly interfaceName: string | undefined;
  /** Stop after that many events were printed, at least 1; undefined: no limit. */
  readonly limit: number | undefined;
  /** Counted from the moment when all probes are on; undefined: until interrupted. */
  readonly timeoutMs: number | undefined;
  readonly stack: boolean;
  /** --track or --no-track; undefined: as is usual for the targets (DESIGN 11). */
  readonly track: boolean | undefined;
  readonly timestamp: TimestampMode;
  readonly resolveNames: boolean;
  readonly sort: SortOrder;
  /** How long an event waits for earlier ones of a node that lags behind. */
  readonly sortWindowMs: number;
  readonly includeStatus: boolean;
  readonly dryRun: boolean;
  readonly output: OutputFormat;
  readonly quiet: boolean;
  readonly headers: boolean;
}

export const timestampModes = ['none', 'absolute', 'relative', 'delta'] as const;
export type TimestampMode = (typeof timestampModes)[number];

export const sortOrders = ['time', 'none'] as const;
export type SortOrder = (typeof sortOrders)[number];

export const outputFormats = ['table', 'json'] as const;
export type OutputFormat = (typeof outputFormats)[number];
