import type { Btf } from '../../core/btf/btf.ts';
import { hasEnumValue, hasFunction } from '../../core/btf/btf-features.ts';
import { PwruError } from '../../core/errors.ts';
import type { ProbePlan } from '../../core/probe/probe-plan.ts';
import { explainHiddenAddresses } from '../../core/refusal/explain-refusal.ts';
import { readProgramFile } from '../../kernel/bpf/bpf-object.ts';
import { hasKprobePmu } from '../../kernel/bpf/perf-kprobe.ts';
import { testPrograms, trialFunctions, tryHit } from '../../kernel/bpf/trials.ts';
import type { FunctionCatalogue } from '../../kernel/function-catalogue.ts';
import { refusalError } from '../../kernel/refusal-error.ts';
import { readRestrictions } from '../../kernel/restrictions.ts';
import type { BackendName } from '../request/trace-spec.ts';
import { hasTracepointCookies } from './features.ts';
import { type FunctionBackend, smallestPrograms } from './functions.ts';
import type { ProgramObjects } from './program-objects.ts';
import { smallestTracepointPrograms } from './tracepoints.ts';

/** What every session on a backend loads, whichever functions it probes. */
function programsOf(backend: BackendName, vmlinux: Btf): readonly string[] {
  return backend === 'tracepoint'
    ? smallestTracepointPrograms(hasTracepointCookies(vmlinux))
    : smallestPrograms(backend);
}

/** Finds out what this kernel lets this process do. */
export class BackendTrials {
  readonly #catalogue: FunctionCatalogue;
  readonly #objects: ProgramObjects;
  /** Of the probes of all trials so far. */
  #detached: Promise<unknown> = Promise.resolve();

  constructor(catalogue: FunctionCatalogue, objects: ProgramObjects) {
    this.#catalogue = catalogue;
    this.#objects = objects;
  }

  /** Attaches a probe by this backend and sees whether it is hit. @throws PwruError when it is not */
  async tryProbe(backend: BackendName): Promise<void> {
    const addresses = async () => (backend === 'tracepoint' ? [] : this.#trialAddresses(backend));
    const { detached } = await tryHit({ kind: backend, addresses }, readProgramFile('trial'));
    this.#detached = Promise.all([this.#detached, detached]);
  }

  /** Loads the programs that each session by this backend has, and runs one. @throws PwruError */
  async tryPrograms(backend: BackendName): Promise<void> {
    const vmlinux = await this.#catalogue.vmlinux();
    const programs = programsOf(backend, vmlinux);
    await this.#objects.load(vmlinux, programs, (elf) =>
      testPrograms(this.#objects.maps, elf, programs),
    );
  }

  /** Nothing of any trial is attached once it returns. */
  async close(): Promise<void> {
    await this.#detached;
  }

  async #trialAddresses(backend: FunctionBackend): Promise<bigint[]> {
    if (await this.#isUnlikely(backend)) await this.#tryKind(backend);
    const { attach } = await this.#planAll(backend);
    const places = new Map(
      attach.filter(({ module }) => module === '').map(({ name, address }) => [name, address]),
    );
    const addresses = trialFunctions.flatMap((name) => places.get(name) ?? []);
    if (addresses.length > 0) return addresses;
    throw refusalError('Cannot try a probe', {
      cause: 'kernel',
      text: `none of ${trialFunctions.join(', ')} can be traced here`,
    });
  }

  /** Whether it would be a waste to look for functions before it is known that the kernel has such probes. */
  async #isUnlikely(backend: FunctionBackend): Promise<boolean> {
    const vmlinux = await this.#catalogue.vmlinux();
    if (backend === 'kprobe') {
      // Its programs read the cookie of their perf event.
      if (hasEnumValue(vmlinux, 'bpf_func_id', 'BPF_FUNC_get_attach_cookie'))
        return !hasKprobePmu();
      const text = 'the kernel has no cookies for kprobes (Linux 5.15)';
      throw refusalError('Cannot attach kprobes', { cause: 'kernel', text, isLasting: true });
    }
    if (!hasEnumValue(vmlinux, 'bpf_attach_type', 'BPF_TRACE_KPROBE_MULTI')) {
      const text = 'the kernel has no kprobe.multi (Linux 5.18)';
      throw refusalError('Cannot attach kprobe.multi', { cause: 'kernel', text, isLasting: true });
    }
    // kernel/trace/fprobe.c, by which kprobe.multi attaches.
    return !hasFunction(vmlinux, 'register_fprobe_ips');
  }

  async #planAll(backend: FunctionBackend): Promise<ProbePlan> {
    try {
      return await this.#catalogue.plan({ backend, pattern: undefined, modules: [] });
    } catch (thrown) {
      await this.#tryKind(backend);
      if (!(thrown instanceof PwruError) || thrown.details.subject !== 'CAP_SYSLOG') throw thrown;
      throw refusalError(
        'Cannot find functions in /proc/kallsyms',
        explainHiddenAddresses(readRestrictions()),
      );
    }
  }

  /** Whether the kernel has such probes shows without a function, too. @throws PwruError when it has none */
  async #tryKind(kind: FunctionBackend): Promise<void> {
    try {
      await tryHit({ kind, addresses: async () => [0n] }, readProgramFile('trial'));
    } catch (thrown) {
      if (thrown instanceof PwruError && thrown.details.refusal?.cause === 'kernel') throw thrown;
    }
  }
}
