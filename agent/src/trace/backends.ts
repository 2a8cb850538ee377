import { hasEnumValue } from '../core/btf/btf-features.ts';
import { messageOf, PwruError } from '../core/errors.ts';
import {
  type ProbeOutcome,
  tryKprobeMulti,
  tryPerfKprobe,
  tryRawTracepoint,
} from '../kernel/backend-probes.ts';
import type { FunctionCatalogue } from '../kernel/function-catalogue.ts';
import { type BackendName, backendNames } from './trace-spec.ts';

/** Backends that this agent has programs for. */
export type UsableBackend = Exclude<BackendName, 'fentry.multi'>;

export interface BackendStatus {
  readonly name: BackendName;
  readonly available: boolean;
  /** Why not, naming what the kernel lacks; empty when available. */
  readonly reason: string;
}

export interface ChosenBackend {
  readonly name: UsableBackend;
  /** The better ones, best first, each with why it was not taken. */
  readonly rejected: readonly BackendStatus[];
}

/** Which backends work here, found out by trying them, once. */
export class Backends {
  readonly #catalogue: FunctionCatalogue;
  #statuses: Promise<readonly BackendStatus[]> | undefined;
  /** The best that works, once it is known. */
  #best: BackendName | undefined;
  /** Why a probe was not permitted, if one was not. */
  #forbidden: PwruError | undefined;

  constructor(catalogue: FunctionCatalogue) {
    this.#catalogue = catalogue;
  }

  /**
   * All backends, best first.
   * @throws PwruError LIBRARY_MISSING: nothing can be tried then.
   */
  statuses(): Promise<readonly BackendStatus[]> {
    this.#statuses ??= this.#tryAll();
    return this.#statuses;
  }

  /**
   * @param requested undefined: the best that works.
   * @throws PwruError KERNEL_FEATURE_MISSING or PRIVILEGE_MISSING naming why, LIBRARY_MISSING.
   */
  async choose(requested: BackendName | undefined): Promise<ChosenBackend> {
    const statuses = await this.statuses();
    const index = statuses.findIndex(
      ({ name, available }) => available && (requested === undefined || name === requested),
    );
    const chosen = statuses[index];
    if (chosen === undefined || chosen.name === 'fentry.multi') {
      throw this.#unavailable(statuses, requested);
    }
    return {
      name: chosen.name,
      rejected: statuses.slice(0, index).filter(({ available }) => !available),
    };
  }

  /** What `choose` will give, as far as it can be known without waiting; the best one is likely to work. */
  foresee(requested: BackendName | undefined): BackendName {
    return requested ?? this.#best ?? 'kprobe.multi';
  }

  #unavailable(statuses: readonly BackendStatus[], requested: BackendName | undefined): PwruError {
    const asked = statuses.find(({ name }) => name === requested);
    const available = statuses.filter((status) => status.available).map(({ name }) => name);
    if (asked !== undefined) {
      const others =
        available.length === 0 ? 'no other backend is' : `available: ${available.join(', ')}`;
      return new PwruError(
        'KERNEL_FEATURE_MISSING',
        `Cannot use backend ${asked.name}: ${asked.reason} (${others})`,
        { field: 'start.backend', subject: asked.name },
      );
    }
    if (this.#forbidden !== undefined) {
      return new PwruError('PRIVILEGE_MISSING', `Cannot trace: ${this.#forbidden.message}`, {
        ...this.#forbidden.details,
        cause: this.#forbidden,
      });
    }
    const reasons = statuses.map(({ name, reason }) => `${name}: ${reason}`).join('; ');
    return new PwruError(
      'KERNEL_FEATURE_MISSING',
      `Cannot trace on this kernel: no backend works (${reasons})`,
      { subject: 'backend' },
    );
  }

  async #tryAll(): Promise<readonly BackendStatus[]> {
    const probes: Record<BackendName, () => Promise<ProbeOutcome>> = {
      'fentry.multi': () => this.#tryFentryMulti(),
      'kprobe.multi': () => this.#tryKprobeMulti(),
      kprobe: () => this.#tryKprobe(),
      tracepoint: () => tryRawTracepoint(),
    };
    const statuses = await Promise.all(
      backendNames.map(async (name) => {
        const reason = await this.#outcome(probes[name]);
        return { name, available: reason === undefined, reason: reason ?? '' };
      }),
    );
    this.#best = statuses.find(({ available }) => available)?.name;
    return statuses;
  }

  async #outcome(probe: () => Promise<ProbeOutcome>): Promise<ProbeOutcome> {
    try {
      return await probe();
    } catch (thrown) {
      if (thrown instanceof PwruError) {
        if (thrown.code === 'LIBRARY_MISSING') throw thrown;
        if (thrown.code === 'PRIVILEGE_MISSING') this.#forbidden = thrown;
      }
      return messageOf(thrown);
    }
  }

  async #tryFentryMulti(): Promise<ProbeOutcome> {
    return (await this.#hasAttachType('BPF_TRACE_FENTRY_MULTI'))
      ? 'this agent has no programs for it yet'
      : 'the kernel has no fentry.multi (Linux 7.2)';
  }

  async #tryKprobeMulti(): Promise<ProbeOutcome> {
    if (!(await this.#hasAttachType('BPF_TRACE_KPROBE_MULTI'))) {
      return 'the kernel has no kprobe.multi (Linux 5.18)';
    }
    const plan = await this.#catalogue.plan({
      backend: 'kprobe.multi',
      pattern: undefined,
      modules: [],
    });
    const [first] = plan.attach;
    return first === undefined ? 'no function can be traced' : tryKprobeMulti(first.address);
  }

  /** Its programs read the cookie of their perf event (include/uapi/linux/bpf.h: bpf_get_attach_cookie). */
  async #tryKprobe(): Promise<ProbeOutcome> {
    const vmlinux = await this.#catalogue.vmlinux();
    return hasEnumValue(vmlinux, 'bpf_func_id', 'BPF_FUNC_get_attach_cookie')
      ? tryPerfKprobe()
      : 'the kernel has no cookies for kprobes (Linux 5.15)';
  }

  async #hasAttachType(name: string): Promise<boolean> {
    return hasEnumValue(await this.#catalogue.vmlinux(), 'bpf_attach_type', name);
  }
}
