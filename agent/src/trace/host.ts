import { readFileSync } from 'node:fs';
import { machine, release } from 'node:os';
import { pwru } from '../../../proto/gen/pwru.js';
import { PwruError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { PodSource } from '../core/pods.ts';
import { BlindSoftirqs } from '../kernel/bpf/blind-softirqs.ts';
import { readProgramFile } from '../kernel/bpf/bpf-object.ts';
import { readCodeEntries } from '../kernel/bpf/code-entries.ts';
import { PatchSites } from '../kernel/bpf/patch-sites.ts';
import { loadedProgramCode } from '../kernel/bpf/program-code.ts';
import { FunctionCatalogue } from '../kernel/function-catalogue.ts';
import { KernelFiles } from '../kernel/kernel-files.ts';
import type { NodeFolders } from '../kernel/netns.ts';
import { readClockNs } from '../native/clock.ts';
import type { HostDescription, TracingHost } from './ports.ts';
import type { FunctionSelection } from './request/parse-selection.ts';
import { CpuShare } from './session/cpu-share.ts';
import { sessionPreparer } from './session/prepare-session.ts';
import { Session } from './session/session.ts';
import { BackendTrials } from './source/backend-trials.ts';
import { type BackendStatus, Backends } from './source/backends.ts';
import { functionListFeature, kernelFeatures } from './source/features.ts';
import { ProgramObjects } from './source/program-objects.ts';
import { encodeBackendStatus } from './source/refusal-causes.ts';
import { planProbes } from './source/session-probes.ts';

const { SkbArgumentKind } = pwru.v1;

export interface TracingHostOptions {
  readonly node: string;
  readonly log: Log;
  /** The pods of this node, owned by the caller; undefined where there are none. */
  readonly pods?: PodSource | undefined;
  /** Where the node's /run and /proc are; undefined: where this process sees them. */
  readonly folders?: NodeFolders | undefined;
  /** The process'. */
  readonly cpuShare?: CpuShare | undefined;
}

/**
 * This machine's kernel as the server sees it.
 * @throws PwruError LIBRARY_MISSING when the BPF objects are not there.
 */
export async function openTracingHost(options: TracingHostOptions): Promise<TracingHost> {
  const catalogue = new FunctionCatalogue(new KernelFiles(), {
    programCode: loadedProgramCode,
    patchSites: new PatchSites(readCodeEntries),
  });
  const objects = new ProgramObjects(readProgramFile);
  const backends = new Backends(new BackendTrials(catalogue, objects));
  // A session that comes later finds it read.
  void catalogue.warm().then(() => catalogue.warmNames());
  const preparer = sessionPreparer({
    node: options.node,
    kernelRelease: release(),
    catalogue,
    backends,
    objects,
    softirqs: new BlindSoftirqs((load) => objects.loadSoftirqs(load)),
    hasPods: options.pods !== undefined,
    folders: options.folders,
  });
  const { pods, folders, cpuShare = new CpuShare() } = options;
  return {
    startSession: (id, spec, sink) =>
      new Session(id, spec, { sink, preparer, pods, folders, cpuShare }),
    describe: () => describe({ catalogue, backends, objects }),
    testBackends: () => backends.test(),
    wallTimeNs: () => readClockNs('CLOCK_REALTIME'),
    listFunctions: (selection) => listFunctions(selection, catalogue, backends),
    close: () => backends.close(),
  };
}

interface HostParts {
  readonly catalogue: FunctionCatalogue;
  readonly backends: Backends;
  readonly objects: ProgramObjects;
}

async function describe(parts: HostParts): Promise<HostDescription> {
  const { catalogue, backends, objects } = parts;
  const statuses = await backends.statuses();
  const described = await Promise.all(statuses.map((status) => describeBackend(status, parts)));
  const probesFunctions = described.some(
    ({ status }) => status?.available === true && status.name !== 'tracepoint',
  );
  return {
    kernelRelease: release(),
    architecture: machine(),
    bootId: bootId(),
    backends: described,
    features: [
      ...(await kernelFeatures(catalogue, objects)),
      ...(probesFunctions ? [await functionListFeature(catalogue)] : []),
    ],
  };
}

async function describeBackend(
  status: BackendStatus,
  { catalogue, backends }: HostParts,
): Promise<pwru.v1.BackendInfo.$Properties> {
  if (!status.available) return { status: encodeBackendStatus(status), functions: 0 };
  const selection = { functionRegex: undefined, backend: undefined, modules: [] };
  try {
    const { total } = await planProbes(status.name, selection, catalogue);
    return { status: encodeBackendStatus(status), functions: total };
  } catch (thrown) {
    if (!(thrown instanceof PwruError)) throw thrown;
    // The kernel has just stopped to say where its functions are.
    return { status: encodeBackendStatus(backends.failed(status.name, thrown)), functions: 0 };
  }
}

/** Empty when it cannot be read. */
function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
  } catch {
    return '';
  }
}

async function listFunctions(
  selection: FunctionSelection,
  catalogue: FunctionCatalogue,
  backends: Backends,
): Promise<pwru.v1.ListFunctionsResponse.$Properties> {
  const { name: backend } = await backends.choose(selection.backend, { depth: 'session' });
  const { functionRegex: pattern, modules } = selection;
  const modulesWithoutTypes = modules === 'all' ? await catalogue.modulesWithoutTypes() : [];
  if (backend === 'tracepoint') {
    const { attach, refused } = await catalogue.tracepoints({ pattern, modules });
    return {
      functions: attach.map(({ kind, ...tracepoint }) => ({
        ...tracepoint,
        kind: argumentKinds[kind],
        tracepoint: true,
      })),
      refused: [...refused],
      modulesWithoutTypes,
    };
  }
  const { attach, refused } = await catalogue.plan({ backend, pattern, modules });
  return {
    functions: attach.map(({ name, module, argument, kind }) => ({
      name,
      module,
      argument,
      kind: argumentKinds[kind],
      tracepoint: false,
    })),
    refused: [...refused],
    modulesWithoutTypes,
  };
}

const argumentKinds = {
  pointer: SkbArgumentKind.SKB_ARGUMENT_KIND_POINTER,
  'const-pointer': SkbArgumentKind.SKB_ARGUMENT_KIND_CONST_POINTER,
  'pointer-to-pointer': SkbArgumentKind.SKB_ARGUMENT_KIND_POINTER_TO_POINTER,
} as const;
