import { PwruError } from '../../core/errors.ts';
import type { ProbePlan } from '../../core/probe/probe-plan.ts';
import type { RefusedProbe } from '../../kernel/bpf/probe-links.ts';
import type { FunctionCatalogue } from '../../kernel/function-catalogue.ts';
import type { FunctionSelection } from '../request/parse-selection.ts';
import type { BackendName } from '../request/trace-spec.ts';
import { hasTracepointCookies } from './features.ts';
import { allFunctionPrograms, type FunctionBackend, functionSource } from './functions.ts';
import { PlaceTable } from './places.ts';
import type { ProbeAttachRequest, ProbeShape, ProbeSource } from './probe-source.ts';
import { dropSensor, endSensor, sensorSource } from './sensors.ts';
import { allTracepointPrograms, type TracepointSource, tracepointSource } from './tracepoints.ts';

/** What nearly every kprobe.multi session loads, whichever functions it selects. */
export const usualShape: ProbeShape = {
  programs: [...allFunctionPrograms('kprobe.multi'), dropSensor.program],
  slotArguments: undefined,
  hasReleaseHooks: true,
  isEndSilent: true,
};

/** What a session selects. */
export type ProbeSelection = Pick<FunctionSelection, 'functionRegex' | 'modules'>;

interface SessionProbesParts {
  /** In the order in which they are attached. */
  readonly sources: readonly ProbeSource[];
  readonly shape: ProbeShape;
  readonly places: PlaceTable;
  readonly noun: 'function' | 'tracepoint';
  readonly awaited: readonly string[];
  readonly endHooks: readonly string[];
  readonly planModule: (module: string) => Promise<ProbeSource | undefined>;
}

/** The probes of one session on its backend, and those of modules that come while it traces. */
export class SessionProbes {
  readonly shape: ProbeShape;
  /** Those of `planModule` are added. */
  readonly places: PlaceTable;
  /** Functions or tracepoints that will be attached for the user. */
  readonly total: number;
  /** Found, but not to be attached on this backend. */
  readonly refused: readonly RefusedProbe[];
  /** What it attaches to. */
  readonly noun: 'function' | 'tracepoint';
  /** Modules that are selected by name and not loaded: they are traced when they come. */
  readonly awaited: readonly string[];
  /** Functions of vmlinux whose probes see that a packet ends. */
  readonly endHooks: readonly string[];
  /**
   * What the session selects of a module that has just come; undefined: programs that are loaded cannot take it.
   * @throws PwruError as the catalogue's.
   */
  readonly planModule: (module: string) => Promise<ProbeSource | undefined>;
  readonly #sources: readonly ProbeSource[];

  constructor({ sources, shape, places, noun, awaited, endHooks, planModule }: SessionProbesParts) {
    this.#sources = sources;
    this.shape = shape;
    this.places = places;
    this.noun = noun;
    this.awaited = awaited;
    this.endHooks = endHooks;
    this.planModule = planModule;
    this.total = sources.reduce((sum, { total }) => sum + total, 0);
    this.refused = sources.flatMap(({ refused }) => refused);
    for (const source of sources) for (const [key, place] of source.places) places.put(key, place);
  }

  /**
   * Attaches every source.
   * @returns what the kernel refused, each with its errno.
   * @throws PwruError when the backend as a whole does not work.
   */
  async attach(request: ProbeAttachRequest): Promise<RefusedProbe[]> {
    const refused: RefusedProbe[] = [];
    let before = 0;
    for (const source of this.#sources) {
      const onProgress = (probesDone: number) => request.onProgress(before + probesDone);
      refused.push(...(await source.attach({ ...request, onProgress })));
      before += source.total;
    }
    return refused;
  }
}

/**
 * The probes that a selection means on a backend.
 * @throws PwruError NO_FUNCTIONS when nothing is left, NOT_FOUND for a module that has no BTF, or is not loaded and could not be
 * attached later.
 */
export async function planProbes(
  backend: BackendName,
  selection: ProbeSelection,
  catalogue: FunctionCatalogue,
): Promise<SessionProbes> {
  // Without cookies, which argument is the skb is fixed when the programs are loaded.
  const canGrow = backend !== 'tracepoint' || hasTracepointCookies(await catalogue.vmlinux());
  const { loaded, awaited } = canGrow
    ? await findModules(selection.modules, catalogue)
    : { loaded: selection.modules, awaited: [] };
  const mayGrow = canGrow && selection.modules.length > 0;
  const request = { selection: { ...selection, modules: loaded }, catalogue, canGrow, mayGrow };
  const parts =
    backend === 'tracepoint'
      ? await planTracepoints(request)
      : await planFunctions(backend, request);
  const probes = new SessionProbes({ ...parts, awaited });
  if (parts.isEmpty) throw noneLeft(probes, selection);
  return probes;
}

interface PlanRequest {
  readonly selection: ProbeSelection;
  readonly catalogue: FunctionCatalogue;
  /** Modules can be attached that come later, */
  readonly canGrow: boolean;
  /** and the session selects some. */
  readonly mayGrow: boolean;
}

interface PlannedParts extends Omit<SessionProbesParts, 'awaited'> {
  /** The selection leaves nothing. */
  readonly isEmpty: boolean;
}

async function findModules(
  modules: ProbeSelection['modules'],
  catalogue: FunctionCatalogue,
): Promise<{ readonly loaded: ProbeSelection['modules']; readonly awaited: readonly string[] }> {
  if (modules === 'all') return { loaded: 'all', awaited: [] };
  const present = new Set((await catalogue.loadedModules()).map(({ name }) => name));
  return {
    loaded: modules.filter((name) => present.has(name)),
    awaited: modules.filter((name) => !present.has(name)),
  };
}

async function planFunctions(
  backend: FunctionBackend,
  { selection, catalogue, mayGrow }: PlanRequest,
): Promise<PlannedParts> {
  const { functionRegex: pattern, modules } = selection;
  const plan = await catalogue.plan({ backend, pattern, modules });
  const identity = await catalogue.plan({ backend, pattern: undefined, modules: [] });
  const sensors = sensorSource([dropSensor]);
  const functions = functionSource(backend, plan, identity.attach);
  const places = new PlaceTable();
  const programs = mayGrow ? allFunctionPrograms(backend) : functions.programs;
  return {
    sources: [sensors, functions],
    shape: {
      programs: [...programs, ...sensors.programs],
      slotArguments: undefined,
      hasReleaseHooks: functions.endHooks.length > 0,
      isEndSilent: true,
    },
    endHooks: functions.endHooks,
    places,
    isEmpty: plan.attach.length === 0,
    noun: 'function',
    planModule: async (module) => {
      const all = await catalogue.plan({ backend, pattern, modules: [module] });
      return functionSource(backend, withPlaces(partOf(all, module), places), []);
    },
  };
}

function partOf(plan: ProbePlan, module: string): ProbePlan {
  return {
    attach: plan.attach.filter((probe) => probe.module === module),
    refused: plan.refused.filter((found) => found.module === module),
  };
}

/** Where other code was traced before, a hit could not be told from one of that. */
function withPlaces({ attach, refused }: ProbePlan, places: PlaceTable): ProbePlan {
  const free = attach.filter(({ address, name, module }) =>
    places.put(address, { name, module, tracepoint: false }),
  );
  const kept = new Set(free);
  const reason = 'another function was traced at its address';
  return {
    attach: free,
    refused: [
      ...refused,
      ...attach
        .filter((probe) => !kept.has(probe))
        .map(({ name, module }) => ({ name, module, reason })),
    ],
  };
}

async function planTracepoints({
  selection,
  catalogue,
  canGrow: hasCookies,
  mayGrow,
}: PlanRequest): Promise<PlannedParts> {
  const { functionRegex: pattern, modules } = selection;
  const plan = await catalogue.tracepoints({ pattern, modules });
  const isEndSelected = plan.attach.some(({ name }) => name === endSensor.tracepoint);
  const counted = isEndSelected ? [dropSensor, endSensor] : [dropSensor];
  const sensors = sensorSource([dropSensor, endSensor], counted);
  const tracepoints = tracepointSource(plan, { hasCookies });
  const places = new PlaceTable();
  let firstSlot = tracepoints.nextSlot;
  const programs = mayGrow ? allTracepointPrograms : tracepoints.programs;
  return {
    sources: [sensors, tracepoints],
    shape: {
      programs: [...programs, ...sensors.programs],
      slotArguments: tracepoints.slotArguments,
      hasReleaseHooks: false,
      isEndSilent: !isEndSelected,
    },
    endHooks: [],
    places,
    isEmpty: plan.attach.length === 0,
    noun: 'tracepoint',
    planModule: async (module) => {
      if (!hasCookies) return undefined;
      const { attach, refused } = await catalogue.tracepoints({ pattern, modules: [module] });
      const source: TracepointSource = tracepointSource(
        {
          attach: attach.filter((found) => found.module === module),
          refused: refused.filter((found) => found.module === module),
        },
        { hasCookies, firstSlot },
      );
      firstSlot = source.nextSlot;
      for (const [key, place] of source.places) places.put(key, place);
      return source;
    },
  };
}

function noneLeft(
  { refused, awaited, noun }: Pick<SessionProbes, 'refused' | 'awaited' | 'noun'>,
  { functionRegex: pattern }: ProbeSelection,
): PwruError {
  const [first] = refused;
  if (first !== undefined) {
    return new PwruError(
      'NO_FUNCTIONS',
      `Cannot trace: none of the ${refused.length} ${noun}s found can be attached (${first.name}: ${first.reason})`,
    );
  }
  const missing = awaited.length === 0 ? '' : ` (not loaded: ${fewOf(awaited)})`;
  return new PwruError(
    'NO_FUNCTIONS',
    `Cannot trace: no ${noun} with an skb has a name that "${pattern?.pattern() ?? ''}" matches as a whole${missing}`,
    { field: 'start.function_regex' },
  );
}

/** A list for one line. */
export function fewOf(names: readonly string[]): string {
  const few = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${few} and ${names.length - 5} more` : few;
}
