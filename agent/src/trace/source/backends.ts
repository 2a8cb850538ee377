import { PwruError } from '../../core/errors.ts';
import type { RefusalCause } from '../../core/refusal/refusal.ts';
import { switchPositions } from '../../kernel/restrictions.ts';
import { type BackendName, backendNames } from '../request/trace-spec.ts';
import type { BackendTrials } from './backend-trials.ts';

export interface BackendStatus {
  readonly name: BackendName;
  readonly available: boolean;
  /** Why not, naming what is in the way; empty when available. */
  readonly reason: string;
  /** What would have to be changed; undefined when available, and when it is not known. */
  readonly cause: RefusalCause | undefined;
  /** What a trial failed with. */
  readonly failure: PwruError | undefined;
}

export interface ChosenBackend {
  readonly name: BackendName;
  /** The better ones, best first, each with why it was not taken. */
  readonly rejected: readonly BackendStatus[];
}

/** What a backend has to have shown. `probe`: one was attached and hit. `session`: its programs were loaded as well. */
export type TrialDepth = 'probe' | 'session';

/** What a backend has shown, while the kernel's switches stay as they were. */
interface Shown {
  readonly depth: TrialDepth;
  readonly switches: string;
}

/**
 * Which backends work here, found out by trying them. What works stays known until a session fails by it, or one of the
 * kernel's switches is turned; what was refused is tried again each time, unless this kernel was built without it.
 */
export class Backends {
  readonly #trials: Pick<BackendTrials, 'tryProbe' | 'tryPrograms' | 'close'>;
  readonly #switches: () => string;
  readonly #shown = new Map<BackendName, Shown>();
  /** Those that this kernel will never have. */
  readonly #lasting = new Map<BackendName, BackendStatus>();
  /** Who asks during a trial gets what comes out of it. */
  readonly #running = new Map<string, Promise<BackendStatus>>();

  /** @param switches text that changes when something is turned on or off that could make a backend fail */
  constructor(
    trials: Pick<BackendTrials, 'tryProbe' | 'tryPrograms' | 'close'>,
    switches = () => switchPositions(),
  ) {
    this.#trials = trials;
    this.#switches = switches;
  }

  /** All backends, best first, each tried as far as a session would go. */
  statuses(): Promise<readonly BackendStatus[]> {
    return Promise.all(backendNames.map((name) => this.#status(name, 'session')));
  }

  /**
   * @param requested undefined: the best that works.
   * @param options.depth how far a backend is tried that has not shown it yet.
   * @param options.failed by which a session has just failed: as if they had failed in a trial.
   * @throws PwruError KERNEL_FEATURE_MISSING or PRIVILEGE_MISSING naming why, LIBRARY_MISSING.
   */
  async choose(
    requested: BackendName | undefined,
    { depth, failed = [] }: { depth: TrialDepth; failed?: readonly BackendStatus[] },
  ): Promise<ChosenBackend> {
    const rejected: BackendStatus[] = [];
    for (const name of requested === undefined ? backendNames : [requested]) {
      const status = failed.find((each) => each.name === name) ?? (await this.#status(name, depth));
      if (status.available) return { name, rejected };
      rejected.push(status);
    }
    const [asked] = rejected;
    if (requested !== undefined && asked !== undefined) throw await this.#unavailable(asked);
    throw noneWorks(rejected);
  }

  /** Whether a session could be had: by any of them, so that those that are refused need not be tried. @throws as `choose` */
  async test(): Promise<void> {
    if (backendNames.some((name) => this.#isShown(name, 'session'))) return;
    await this.choose(undefined, { depth: 'session' });
    // Who asks for all of them later finds it done.
    void this.statuses().catch(nothing);
  }

  /** What `choose` will give, as far as it can be known without waiting; the best one is likely to work. */
  foresee(requested: BackendName | undefined): BackendName {
    return requested ?? backendNames.find((name) => this.#shown.has(name)) ?? 'kprobe.multi';
  }

  /** A session traces by it. */
  worked(name: BackendName): void {
    this.#shown.set(name, { depth: 'session', switches: this.#switches() });
  }

  /** A session could not load or attach its programs by it. */
  failed(name: BackendName, failure: PwruError): BackendStatus {
    this.#shown.delete(name);
    return refused(name, failure);
  }

  /** Once no session is left. */
  close(): Promise<void> {
    return this.#trials.close();
  }

  #status(name: BackendName, depth: TrialDepth): Promise<BackendStatus> {
    if (this.#isShown(name, depth)) return Promise.resolve(works(name));
    const never = this.#lasting.get(name);
    if (never !== undefined) return Promise.resolve(never);
    const key = `${name} ${depth}`;
    const running = this.#running.get(key) ?? this.#try(name, depth);
    this.#running.set(key, running);
    return running.finally(() => this.#running.delete(key));
  }

  #isShown(name: BackendName, depth: TrialDepth): boolean {
    const shown = this.#shown.get(name);
    if (shown === undefined || shown.switches !== this.#switches()) return false;
    return shown.depth === 'session' || depth === 'probe';
  }

  async #try(name: BackendName, depth: TrialDepth): Promise<BackendStatus> {
    const switches = this.#switches();
    try {
      await this.#trials.tryProbe(name);
      if (depth === 'session') await this.#trials.tryPrograms(name);
    } catch (thrown) {
      if (!(thrown instanceof PwruError)) throw thrown;
      const status = this.failed(name, thrown);
      if (thrown.details.refusal?.isLasting === true) this.#lasting.set(name, status);
      return status;
    }
    this.#shown.set(name, { depth, switches });
    return works(name);
  }

  async #unavailable({ name, reason, failure }: BackendStatus): Promise<PwruError> {
    if (failure?.code === 'LIBRARY_MISSING') return failure;
    const others = (await this.statuses()).filter(({ available }) => available);
    const available =
      others.length === 0
        ? 'no other backend is'
        : `available: ${others.map((other) => other.name).join(', ')}`;
    return new PwruError(
      failure?.code === 'PRIVILEGE_MISSING' ? 'PRIVILEGE_MISSING' : 'KERNEL_FEATURE_MISSING',
      `Cannot use backend ${name}: ${reason} (${available})`,
      { ...failure?.details, field: 'start.backend' },
    );
  }
}

function nothing(): void {}

function works(name: BackendName): BackendStatus {
  return { name, available: true, reason: '', cause: undefined, failure: undefined };
}

function refused(name: BackendName, failure: PwruError): BackendStatus {
  const { code, message, details } = failure;
  const cause = code === 'LIBRARY_MISSING' ? 'library' : details.refusal?.cause;
  const reason = details.refusal?.text ?? message;
  return { name, available: false, reason, cause, failure };
}

/**
 * That nothing works: what the last one lacks, which needs least of the kernel, keeps the others from working, too.
 * @param rejected all backends, best first
 */
function noneWorks(rejected: readonly BackendStatus[]): PwruError {
  const last = rejected.at(-1);
  if (last?.failure?.code === 'LIBRARY_MISSING') return last.failure;
  // That this kernel was built without the better ones is no reason why nothing works.
  const causes = new Set(
    rejected.filter(({ cause }) => cause !== 'kernel').map(({ cause }) => cause),
  );
  const told =
    causes.size === 1 && !causes.has(undefined)
      ? last?.reason
      : rejected.map(({ name, reason }) => `${name}: ${reason}`).join('; ');
  return new PwruError(
    last?.failure?.code ?? 'KERNEL_FEATURE_MISSING',
    `Cannot trace: no backend works on this kernel: ${told}`,
    { ...last?.failure?.details, cause: last?.failure },
  );
}
