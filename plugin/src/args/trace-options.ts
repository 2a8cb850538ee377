import type { PacketFilter } from './packet-filter.ts';

/** A whole command line, every value usable. */
export interface TraceOptions {
  readonly agent: AgentChoice;
  /** Empty: the whole host. */
  readonly targets: readonly TargetOption[];
  readonly filter: PacketFilter;
  readonly dropsOnly: boolean;
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
  readonly track: boolean;
  readonly timestamp: TimestampMode;
  readonly output: OutputFormat;
  readonly quiet: boolean;
  readonly headers: boolean;
}

export type AgentChoice =
  | { readonly kind: 'local' }
  /** `unix:PATH` or `HOST:PORT`. */
  | { readonly kind: 'address'; readonly address: string }
  /** Neither was named: this machine, unless there is a cluster. */
  | { readonly kind: 'default' };

export type TargetOption =
  | { readonly kind: 'netns'; readonly name: string }
  | { readonly kind: 'pid'; readonly pid: number };

export const timestampModes = ['none', 'absolute', 'relative', 'delta'] as const;
export type TimestampMode = (typeof timestampModes)[number];

export const outputFormats = ['table', 'json'] as const;
export type OutputFormat = (typeof outputFormats)[number];
