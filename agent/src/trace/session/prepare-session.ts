import { findCpuVariables } from '../../core/btf/cpu-variables.ts';
import { PwruError } from '../../core/errors.ts';
import { planFilter } from '../../core/filter/filter-plan.ts';
import type { Ipv4Index } from '../../core/filter/ipv4-index.ts';
import { requestLimits } from '../../core/limits.ts';
import { ResourceStack } from '../../core/resource.ts';
import type { BlindSoftirqs, BlindSoftirqsUse } from '../../kernel/bpf/blind-softirqs.ts';
import { SessionMaps } from '../../kernel/bpf/session-maps.ts';
import type { FunctionCatalogue } from '../../kernel/function-catalogue.ts';
import type { NodeFolders } from '../../kernel/netns.ts';
import { compileExpression, findIpv4Indexes, linkTypes } from '../../native/libpcap.ts';
import { ownTurn } from '../own-turn.ts';
import type { FunctionSelection } from '../request/parse-selection.ts';
import type { BackendName, TraceSpec } from '../request/trace-spec.ts';
import type { BackendStatus, Backends, ChosenBackend } from '../source/backends.ts';
import { dropNamesSocket, hasFunctionAddress, tellsRunningPrograms } from '../source/features.ts';
import type { ProbeShape, ProbeSource } from '../source/probe-source.ts';
import type { ProgramObjects } from '../source/program-objects.ts';
import { EarlyPrograms, loadPrograms, sessionMapSizes } from '../source/programs.ts';
import { fewOf, planProbes, type SessionProbes, usualShape } from '../source/session-probes.ts';
import { ModuleWatch, traceableKind } from './module-watch.ts';
import { type LateProbes, SessionKernel } from './session-kernel.ts';
import { SessionNames, type SessionNamesParts } from './session-names.ts';

/** So many plain kprobes take minutes to attach and to detach. */
const slowKprobes = 200;

/** A session that knows what it will do. It may own programs in the kernel already: dispose it in the end. */
export interface PreparedSession extends AsyncDisposable {
  readonly node: string;
  readonly kernelRelease: string;
  readonly backend: ChosenBackend;
  readonly probes: SessionProbes;
  /** One sentence each, for the user. */
  readonly notices: readonly string[];
  /** What the session's numbers are called. */
  names(parts: Pick<SessionNamesParts, 'namespaces' | 'ownCode'>): SessionNames;
  /**
   * Looks from now on for modules that were not there when the probes were chosen; owned by the caller.
   * @param names are kept right
   * @param attach takes what the session selects of them
   */
  watchModules(
    names: SessionNames,
    attach: (source: ProbeSource) => Promise<LateProbes | undefined>,
  ): ModuleWatch;
  /** Once. @throws PwruError as SessionKernel.open; BackendFailure. */
  openKernel(): Promise<SessionKernel>;
  /** All probes are attached. */
  worked(): void;
  /**
   * The session cannot be had by this backend.
   * @returns what `prepare` is to know of it.
   * @throws PwruError the failure, when no other backend may be taken.
   */
  failed(failure: PwruError): BackendStatus;
}

export interface SessionPreparer {
  /**
   * @param failed backends by which this session has failed already
   * @throws PwruError when the request cannot be met on this machine.
   */
  prepare(spec: TraceSpec, failed: readonly BackendStatus[]): Promise<PreparedSession>;
}

export interface SessionPreparerOptions {
  readonly node: string;
  readonly kernelRelease: string;
  readonly catalogue: FunctionCatalogue;
  readonly backends: Backends;
  /** Whether this agent knows the pods of its node. */
  readonly hasPods: boolean;
  readonly objects: ProgramObjects;
  readonly softirqs: BlindSoftirqs;
  readonly folders: NodeFolders | undefined;
}

export function sessionPreparer(options: SessionPreparerOptions): SessionPreparer {
  const { node, kernelRelease, catalogue, backends, objects, softirqs } = options;
  const prepare: SessionPreparer['prepare'] = async (spec, failed) => {
    await using stack = new ResourceStack();
    if (spec.pods !== undefined && !options.hasPods) throw podsUnknown();
    await ownTurn();
    const filter = planFilter(spec.filter, compileExpression(spec.filter, linkTypes.ethernet));
    const ipv4Indexes = findIpv4Indexes(spec.filter);
    const vmlinux = await catalogue.vmlinux();
    const request = {
      spec,
      filter,
      hasFunctionAddress: hasFunctionAddress(vmlinux),
      dropNamesSocket: dropNamesSocket(vmlinux),
      cpuVariables: findCpuVariables(vmlinux),
    };
    let blind: Promise<BlindSoftirqsUse | undefined> | undefined;
    // Without them the session doubts more. What forbids it forbids the session's own maps, which say so.
    const countSoftirqs = () => {
      if (tellsRunningPrograms(vmlinux)) blind ??= softirqs.use().catch(nothing);
    };
    stack.defer(async () => (await blind)?.[Symbol.asyncDispose]());
    let maps: Promise<SessionMaps> | undefined;
    const makeMaps = async () =>
      SessionMaps.create(objects.maps, sessionMapSizes(request), await blind);
    const openMaps = () => {
      maps ??= makeMaps();
      return maps;
    };
    stack.defer(async () => (await maps?.catch(nothing))?.[Symbol.dispose]());
    stack.defer(ownTurn);
    const load = async (shape: ProbeShape) => {
      await ownTurn();
      return objects.load(vmlinux, shape.programs, async (elf) =>
        loadPrograms(elf, await openMaps(), { ...request, shape }),
      );
    };
    const isForeseen = failed.length === 0 && backends.foresee(spec.backend) === 'kprobe.multi';
    if (isForeseen) countSoftirqs();
    const early = isForeseen ? stack.use(new EarlyPrograms(usualShape, load)) : undefined;
    const [backend] = await Promise.all([
      // The session's own programs are the trial of those.
      backends.choose(spec.backend, { depth: 'probe', failed }),
      catalogue.warm(),
    ]);
    const modules = await catalogue.loadedModules();
    const probes = await planProbes(backend.name, spec, catalogue).catch((thrown: unknown) => {
      throw withRejected(thrown, backend.rejected);
    });
    const notices = [
      ...noticesFor(backend.name, probes, filter.usesLinkAddresses),
      ...ipv4Indexes.map(ipv4Notice),
      ...(await missingNames(spec, catalogue)),
      ...probes.awaited.map((module) => awaitedNotice(module, probes.noun)),
      ...smallRingsNotice(spec),
    ];
    const owned = stack.move();
    return {
      node,
      kernelRelease,
      backend,
      probes,
      notices,
      names: (parts) => new SessionNames({ catalogue, places: probes.places, ...parts }),
      watchModules: (names, attach) =>
        new ModuleWatch({
          catalogue,
          known: modules,
          kind: traceableKind(backend.name, spec.functionRegex),
          onLook: () => names.keepFresh(),
          attach: async (module) => {
            if (spec.modules !== 'all' && !spec.modules.includes(module)) return undefined;
            const source = await probes.planModule(module);
            return source === undefined ? undefined : attach(source);
          },
        }),
      openKernel: async () => {
        if (probes.shape.hasReleaseHooks) countSoftirqs();
        const loading = early?.take(probes.shape) ?? load(probes.shape);
        const opening = SessionKernel.open({
          ...{ spec, probes, maps: openMaps(), blind, programs: loading },
          folders: options.folders,
        });
        // Names are read here while the kernel verifies the programs on another thread.
        await Promise.allSettled([opening, catalogue.warmNames()]);
        return opening;
      },
      worked: () => backends.worked(backend.name),
      failed: (failure) => {
        const status = backends.failed(backend.name, failure);
        if (spec.backend !== undefined) throw failure;
        return status;
      },
      [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose](),
    };
  };
  return { prepare };
}

/** A selection may mean something by a better backend only. */
function withRejected(thrown: unknown, rejected: readonly BackendStatus[]): unknown {
  if (!(thrown instanceof PwruError) || thrown.code !== 'NO_FUNCTIONS') return thrown;
  if (rejected.length === 0) return thrown;
  const reasons = rejected.map(({ name, reason }) => `${name} is not used: ${reason}`).join('; ');
  return new PwruError(thrown.code, `${thrown.message} (${reasons})`, {
    ...thrown.details,
    cause: thrown,
  });
}

function podsUnknown(): PwruError {
  return new PwruError(
    'CLUSTER_UNAVAILABLE',
    'Cannot trace pods: this agent does not watch the pods of a node (it was started without Kubernetes)',
    { field: 'start.targets' },
  );
}

function noticesFor(
  backend: BackendName,
  probes: SessionProbes,
  usesLinkAddresses: boolean,
): string[] {
  const notices: string[] = [];
  if (backend === 'kprobe' && probes.total > slowKprobes) {
    notices.push(
      `${probes.total} plain kprobes take minutes to attach and to detach: narrow them with a function expression`,
    );
  }
  if (usesLinkAddresses) {
    notices.push(
      'The filter looks at link-layer addresses: hits on packets that have none yet count as undecided',
    );
  }
  return notices;
}

function ipv4Notice({ protocol, inIpv6 }: Ipv4Index): string {
  const flags = protocol === 'tcp' ? ', for flags of TCP there is --tcp-flags' : '';
  return `The filter's ${protocol}[N] looks at IPv4 only: in IPv6 (no extension headers) it is ${inIpv6}${flags}`;
}

function awaitedNotice(module: string, noun: string): string {
  return `Module ${module} is not loaded: its ${noun}s are traced when it is (what is built into the kernel is traced without naming it)`;
}

function smallRingsNotice({ mayShrinkRings, ringBudgetBytes }: TraceSpec): string[] {
  if (!mayShrinkRings || ringBudgetBytes >= requestLimits.defaultRingBudgetBytes) return [];
  const size = Math.floor(ringBudgetBytes / 2 ** 20);
  return [
    `The event rings have ${size} MiB instead of ${requestLimits.defaultRingBudgetBytes / 2 ** 20}, since this agent has other sessions: more events may be lost when very many come`,
  ];
}

/** What this kernel keeps to itself, one sentence each. */
async function missingNames(
  { modules }: Pick<FunctionSelection, 'modules'>,
  catalogue: FunctionCatalogue,
): Promise<string[]> {
  const notices: string[] = [];
  const why = await catalogue.whyNoNames();
  if (why !== undefined) notices.push(`no names of functions: ${why}`);
  const untyped = modules === 'all' ? await catalogue.modulesWithoutTypes() : [];
  if (untyped.length > 0) {
    const [modulesText, they] =
      untyped.length === 1 ? ['one module', 'it has'] : [`${untyped.length} modules`, 'they have'];
    notices.push(
      `Functions of ${modulesText} are not traced: ${they} no BTF that can be read (${fewOf(untyped)})`,
    );
  }
  return notices;
}

function nothing(): undefined {}
