import { PwruError } from '../core/errors.ts';
import type { CodeLocationName, EventNames } from '../core/event/event-names.ts';
import {
  PWRU_SLOT_CONSUME_SKB,
  PWRU_SLOT_KFREE_SKB,
  PWRU_SLOT_LIMIT,
} from '../core/event/layout.ts';
import { planFilter } from '../core/filter/filter-plan.ts';
import type { ProbePlan } from '../core/probe/probe-plan.ts';
import { ResourceStack } from '../core/resource.ts';
import type { FunctionCatalogue } from '../kernel/function-catalogue.ts';
import { compileExpression, linkTypes } from '../native/libpcap.ts';
import type { Backends, ChosenBackend, UsableBackend } from './backends.ts';
import { functionProbes, usualShape } from './function-probes.ts';
import { dropNamesSocket, hasFunctionAddress, hasReadOnlyCast } from './kernel-features.ts';
import type { NamespaceNames } from './namespace-names.ts';
import type { FunctionSelection } from './parse-selection.ts';
import { SessionKernel } from './session-kernel.ts';
import type { SessionProbes } from './session-probes.ts';
import { EarlyPrograms, loadPrograms, type ProgramsRequest } from './session-programs.ts';
import type { TraceSpec } from './trace-spec.ts';
import { tracepointProbes } from './tracepoint-probes.ts';

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
  /** What the session's numbers are called. @param namespaces not owned */
  names(namespaces: NamespaceNames): EventNames;
  /** Once. @throws PwruError as SessionKernel.open. */
  openKernel(): Promise<SessionKernel>;
}

/** @throws PwruError when the request cannot be met on this machine. */
export type SessionPreparer = (spec: TraceSpec) => Promise<PreparedSession>;

export interface SessionPreparerOptions {
  readonly node: string;
  readonly kernelRelease: string;
  readonly catalogue: FunctionCatalogue;
  readonly backends: Backends;
  /** Whether this agent knows the pods of its node. */
  readonly hasPods: boolean;
  /** The compiled BPF object, plain and for kernels with bpf_rdonly_cast. */
  readonly programs: { readonly plain: Uint8Array; readonly withCast: Uint8Array };
}

export function sessionPreparer(options: SessionPreparerOptions): SessionPreparer {
  const { node, kernelRelease, catalogue, backends, programs } = options;
  return async (spec) => {
    await using stack = new ResourceStack();
    if (spec.pods !== undefined && !options.hasPods) throw podsUnknown();
    const filter = planFilter(spec.filter, compileExpression(spec.filter, linkTypes.ethernet));
    const vmlinux = await catalogue.vmlinux();
    const request: Omit<ProgramsRequest, 'shape'> = {
      spec,
      filter,
      elf: hasReadOnlyCast(vmlinux) ? programs.withCast : programs.plain,
      hasFunctionAddress: hasFunctionAddress(vmlinux),
      dropNamesSocket: dropNamesSocket(vmlinux),
    };
    const early =
      backends.foresee(spec.backend) === 'kprobe.multi'
        ? stack.use(new EarlyPrograms({ ...request, shape: usualShape }))
        : undefined;
    const [backend] = await Promise.all([backends.choose(spec.backend), catalogue.warm()]);
    const probes = await planProbes(backend.name, spec, catalogue);
    const owned = stack.move();
    return {
      node,
      kernelRelease,
      backend,
      probes,
      notices: noticesFor(backend.name, probes, filter.usesLinkAddresses),
      names: (namespaces) => eventNames(catalogue, probes, namespaces),
      openKernel: async () => {
        const loading = early?.take(probes) ?? loadPrograms({ ...request, shape: probes });
        const opening = SessionKernel.open({ spec, probes, programs: loading });
        // Names are read here while the kernel verifies the programs on another thread.
        await Promise.allSettled([opening, catalogue.warmNames()]);
        return opening;
      },
      [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose](),
    };
  };
}

/**
 * The probes that a selection means on a backend.
 * @throws PwruError NO_FUNCTIONS when nothing is left, NOT_FOUND for a module.
 */
export async function planProbes(
  backend: UsableBackend,
  selection: FunctionSelection,
  catalogue: FunctionCatalogue,
): Promise<SessionProbes> {
  const { functionRegex: pattern, modules } = selection;
  if (backend === 'tracepoint') {
    const plan = await catalogue.tracepoints({ pattern, modules });
    if (plan.attach.length === 0) throw noneLeft(plan, 'tracepoint', pattern);
    return tracepointProbes(plan);
  }
  const plan = await catalogue.plan({ backend, pattern, modules });
  if (plan.attach.length === 0) throw noneLeft(plan, 'function', pattern);
  const identity = await catalogue.plan({ backend, pattern: undefined, modules: [] });
  return functionProbes(backend, plan, identity.attach);
}

function noneLeft(
  { refused }: Pick<ProbePlan, 'refused'>,
  kind: 'function' | 'tracepoint',
  pattern: FunctionSelection['functionRegex'],
): PwruError {
  const [first] = refused;
  if (first !== undefined) {
    return new PwruError(
      'NO_FUNCTIONS',
      `Cannot trace: none of the ${refused.length} ${kind}s found can be attached (${first.name}: ${first.reason})`,
    );
  }
  return new PwruError(
    'NO_FUNCTIONS',
    `Cannot trace: no ${kind} with an skb has a name that "${pattern?.pattern() ?? ''}" matches as a whole`,
    { field: 'start.function_regex' },
  );
}

function podsUnknown(): PwruError {
  return new PwruError(
    'CLUSTER_UNAVAILABLE',
    'Cannot trace pods: this agent does not watch the pods of a node (it was started without Kubernetes)',
    { field: 'start.targets' },
  );
}

function noticesFor(
  backend: UsableBackend,
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

/** What the numbers in this session's records are called. */
function eventNames(
  catalogue: FunctionCatalogue,
  probes: SessionProbes,
  namespaces: NamespaceNames,
): EventNames {
  return {
    functionAt: (address) => {
      if (address < BigInt(PWRU_SLOT_LIMIT)) {
        return { name: slotName(probes, Number(address)), module: '', tracepoint: true };
      }
      const { symbol, module } = locationOf(catalogue, address);
      return { name: symbol, module, tracepoint: false };
    },
    codeLocationAt: (address) => locationOf(catalogue, address),
    dropReasonName: (value) => catalogue.dropReasonName(value),
    networkNamespaceOf: (inode) => namespaces.of(inode),
  };
}

function locationOf(catalogue: FunctionCatalogue, address: bigint): CodeLocationName {
  return (
    catalogue.symbolize(address) ?? {
      symbol: `0x${address.toString(16)}`,
      offsetBytes: 0,
      module: '',
    }
  );
}

function slotName(probes: SessionProbes, slot: number): string {
  if (slot === PWRU_SLOT_KFREE_SKB) return 'kfree_skb';
  if (slot === PWRU_SLOT_CONSUME_SKB) return 'consume_skb';
  return probes.slotNames.get(slot) ?? `slot ${slot}`;
}
