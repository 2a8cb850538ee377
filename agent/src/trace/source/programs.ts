import { isDeepStrictEqual } from 'node:util';
import type { CpuVariables } from '../../core/btf/cpu-variables.ts';
import { patchFilter } from '../../core/elf/patch-function.ts';
import type { FilterPlan } from '../../core/filter/filter-plan.ts';
import { BpfObject } from '../../kernel/bpf/bpf-object.ts';
import { encodeConfig } from '../../kernel/bpf/session-config.ts';
import type { SessionMapSizes, SessionMaps } from '../../kernel/bpf/session-maps.ts';
import { possibleCpuCount } from '../../kernel/cpus.ts';
import type { TraceSpec } from '../request/trace-spec.ts';
import type { ProbeShape } from './probe-source.ts';

/** Packets whose identity is known at the same time. */
const identityEntries = 65_536;

/** Datagrams in fragments that are known at the same time. */
const fragmentedDatagrams = 8_192;

/** Flows whose answers are known, and packets that may be translated, at the same time. */
const translatedFlows = 8_192;

export interface ProgramsRequest {
  readonly spec: TraceSpec;
  readonly filter: FilterPlan;
  readonly shape: ProbeShape;
  readonly hasFunctionAddress: boolean;
  /** skb:kfree_skb names the receiving socket. */
  readonly dropNamesSocket: boolean;
  readonly cpuVariables: CpuVariables | undefined;
}

type Asked = Pick<ProgramsRequest, 'spec' | 'filter'>;

/** A session that takes every packet needs to know of no fragment whose it is, unless it judges packets. */
function knowsFragments({ spec, filter }: Asked): boolean {
  return filter.expression !== '' || spec.pods !== undefined || spec.dropsOnly;
}

/** Elsewhere nothing tells a session's own packets from others but the namespace. */
function knowsAnswers({ spec }: Asked): boolean {
  return spec.pods !== undefined && spec.track;
}

/** What a session's maps have to hold. */
export function sessionMapSizes(asked: Asked): SessionMapSizes {
  const { spec } = asked;
  return {
    cpus: possibleCpuCount(),
    packets: identityEntries,
    heads: spec.track || spec.dropsOnly ? identityEntries : 0,
    datagrams: knowsFragments(asked) ? fragmentedDatagrams : 0,
    flows: knowsAnswers(asked) ? translatedFlows : 0,
    pods: spec.pods !== undefined,
  };
}

/**
 * Loads programs of a session, which join its maps. Throws as BpfObject.load.
 * @param elf the compiled BPF object.
 */
export function loadPrograms(
  elf: Uint8Array,
  maps: Pick<SessionMaps, 'shared'>,
  request: ProgramsRequest,
): Promise<BpfObject> {
  const { spec, filter, shape } = request;
  return BpfObject.load({
    elf: patchFilter(elf, filter.code),
    name: 'pwru',
    programs: shape.programs,
    initialValues: {
      '.rodata.config': encodeConfig({
        anyNetns: spec.targets.length === 0 && spec.pods === undefined,
        pods: spec.pods !== undefined,
        filter: filter.expression === '' ? undefined : filter,
        mark: spec.mark,
        interfaceName: spec.interfaceName,
        track: spec.track,
        stack: spec.stack,
        hasFunctionAddress: request.hasFunctionAddress,
        releaseHooks: shape.hasReleaseHooks,
        silentEnd: shape.isEndSilent,
        drops: spec.dropsOnly ? { nonPackets: spec.allDrops } : undefined,
        ends: spec.tellsEnds,
        dropNamesSocket: request.dropNamesSocket,
        cpuVariables: request.cpuVariables,
        fragments: knowsFragments(request),
        answers: knowsAnswers(request),
      }),
      ...(shape.slotArguments === undefined ? {} : { '.rodata.slots': shape.slotArguments }),
    },
    shared: maps.shared,
  });
}

/** Whether programs that were loaded for `foreseen` serve `actual` as well. */
export function servesShape(foreseen: ProbeShape, actual: ProbeShape): boolean {
  return (
    actual.programs.every((name) => foreseen.programs.includes(name)) &&
    foreseen.hasReleaseHooks === actual.hasReleaseHooks &&
    foreseen.isEndSilent === actual.isEndSilent &&
    isDeepStrictEqual(foreseen.slotArguments, actual.slotArguments)
  );
}

/**
 * Programs that are being loaded before it is known which functions get a probe: the kernel verifies them on another
 * thread while the agent reads what functions there are, which takes about as long. Owns them until `take`.
 */
export class EarlyPrograms implements AsyncDisposable {
  readonly #shape: ProbeShape;
  #loading: Promise<BpfObject> | undefined;

  constructor(shape: ProbeShape, load: (shape: ProbeShape) => Promise<BpfObject>) {
    this.#shape = shape;
    this.#loading = load(shape);
    this.#loading.catch(nothing);
  }

  /** Hands the programs over, if they serve these probes. */
  take(actual: ProbeShape): Promise<BpfObject> | undefined {
    if (!servesShape(this.#shape, actual)) return undefined;
    const loading = this.#loading;
    this.#loading = undefined;
    return loading;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const loading = this.#loading;
    this.#loading = undefined;
    await loading?.then((object) => object[Symbol.dispose](), nothing);
  }
}

function nothing(): void {}
