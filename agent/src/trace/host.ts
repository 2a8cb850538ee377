import { readFileSync } from 'node:fs';
import { machine, release, setPriority } from 'node:os';
import { pwru } from '../../../proto/gen/pwru.js';
import type { Log } from '../core/log.ts';
import { FunctionCatalogue } from '../kernel/function-catalogue.ts';
import { KernelFiles } from '../kernel/kernel-files.ts';
import { loadedProgramCode } from '../kernel/program-code.ts';
import { readProgramFile } from '../kernel/program-file.ts';
import { readClockNs } from '../native/clock.ts';
import { type BackendStatus, Backends, type UsableBackend } from './backends.ts';
import { kernelFeatures } from './kernel-features.ts';
import type { FunctionSelection } from './parse-selection.ts';
import type { PodSource } from './pod-source.ts';
import { Session } from './session.ts';
import { planProbes, sessionPreparer } from './session-preparer.ts';
import type { HostDescription, TracingHost } from './tracing-host.ts';

const { SkbArgumentKind } = pwru.v1;

/** nice(2) of a process that traces: about 3 % of a CPU that others want, all of one that nobody does. */
const tracingNiceness = 15;

export interface TracingHostOptions {
  readonly node: string;
  readonly log: Log;
  /** The pods of this node, owned by the caller; undefined where there are none. */
  readonly pods?: PodSource | undefined;
}

/**
 * This machine's kernel as the server sees it.
 * @throws PwruError LIBRARY_MISSING when the BPF objects are not there.
 */
export async function openTracingHost(options: TracingHostOptions): Promise<TracingHost> {
  yieldCpu();
  const catalogue = new FunctionCatalogue(new KernelFiles(), loadedProgramCode);
  const backends = new Backends(catalogue);
  // A session that comes later finds it read.
  void catalogue.warm().then(() => catalogue.warmNames());
  const prepare = sessionPreparer({
    node: options.node,
    kernelRelease: release(),
    catalogue,
    backends,
    hasPods: options.pods !== undefined,
    programs: { plain: readProgramFile('pwru'), withCast: readProgramFile('pwru-cast') },
  });
  return {
    startSession: (id, spec, sink) => new Session(id, spec, { sink, prepare, pods: options.pods }),
    describe: () => describe(catalogue, backends),
    wallTimeNs: () => readClockNs('CLOCK_REALTIME'),
    listFunctions: (selection) => listFunctions(selection, catalogue, backends),
    close: async () => {},
  };
}

/**
 * Reading events must not take the CPU from what is traced: on a busy machine they are lost, and counted, instead.
 */
function yieldCpu(): void {
  try {
    setPriority(tracingNiceness);
  } catch {
    // Someone made the process nicer than this already, and it may not go back.
  }
}

async function describe(
  catalogue: FunctionCatalogue,
  backends: Backends,
): Promise<HostDescription> {
  const statuses = await backends.statuses();
  return {
    kernelRelease: release(),
    architecture: machine(),
    bootId: bootId(),
    backends: await Promise.all(
      statuses.map(async (status) => ({
        status,
        functions: status.available ? await countFunctions(status, catalogue) : 0,
      })),
    ),
    features: await kernelFeatures(catalogue),
  };
}

/** Empty when it cannot be read. */
function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
  } catch {
    return '';
  }
}

async function countFunctions(
  status: BackendStatus,
  catalogue: FunctionCatalogue,
): Promise<number> {
  const selection = { functionRegex: undefined, backend: undefined, modules: [] };
  return (await planProbes(status.name as UsableBackend, selection, catalogue)).total;
}

async function listFunctions(
  selection: FunctionSelection,
  catalogue: FunctionCatalogue,
  backends: Backends,
): Promise<pwru.v1.ListFunctionsResponse.$Properties> {
  const { name: backend } = await backends.choose(selection.backend);
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
