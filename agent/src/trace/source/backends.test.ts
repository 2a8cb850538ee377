import { describe, expect, test } from 'vitest';
import { PwruError } from '../../core/errors.ts';
import type { RefusalCause } from '../../core/refusal/refusal.ts';
import type { BackendName } from '../request/trace-spec.ts';
import { Backends } from './backends.ts';

/*
 * The order in which backends are tried, and what is remembered of it. What a trial does is tried on kernels: test/vm.
 */

/** A kernel that refuses what stands in `refused`, with the reason. */
class ScriptedTrials {
  readonly refused = new Map<string, PwruError>();
  readonly tried: string[] = [];
  switches = 'as they were';

  /** @param what `kprobe probe`, `kprobe programs` */
  refuse(what: string, cause: RefusalCause, code: PwruError['code'] = 'KERNEL_FEATURE_MISSING') {
    const refusal = { cause, text: `${cause} of ${what}` };
    this.refused.set(what, new PwruError(code, `Cannot: ${refusal.text}`, { refusal }));
  }

  async tryProbe(backend: BackendName): Promise<void> {
    await this.#try(`${backend} probe`);
  }

  async tryPrograms(backend: BackendName): Promise<void> {
    await this.#try(`${backend} programs`);
  }

  async close(): Promise<void> {}

  async #try(what: string): Promise<void> {
    this.tried.push(what);
    const refusal = this.refused.get(what);
    if (refusal !== undefined) throw refusal;
  }
}

function setUp() {
  const trials = new ScriptedTrials();
  return { trials, backends: new Backends(trials, () => trials.switches) };
}

const forSession = { depth: 'probe' } as const;

describe('Backends', () => {
  test('takes the best, and tries no other for a session', async () => {
    const { trials, backends } = setUp();
    expect(await backends.choose(undefined, forSession)).toEqual({
      ...{ name: 'kprobe.multi', rejected: [] },
    });
    expect(trials.tried).toEqual(['kprobe.multi probe']);
  });

  test('takes the next one for each that is refused, and says why', async () => {
    const { trials, backends } = setUp();
    trials.refuse('kprobe.multi probe', 'ftrace-disabled');
    trials.refuse('kprobe probe', 'perf-event-paranoid', 'PRIVILEGE_MISSING');
    expect(await backends.choose(undefined, forSession)).toMatchObject({
      name: 'tracepoint',
      rejected: [
        { name: 'kprobe.multi', available: false, cause: 'ftrace-disabled' },
        { name: 'kprobe', reason: 'perf-event-paranoid of kprobe probe' },
      ],
    });
  });

  test('what works is tried once; what is refused, each time', async () => {
    const { trials, backends } = setUp();
    trials.refuse('kprobe.multi probe', 'kptr-restrict');
    for (let time = 0; time < 2; time++) await backends.choose(undefined, forSession);
    expect(trials.tried).toEqual(['kprobe.multi probe', 'kprobe probe', 'kprobe.multi probe']);
    trials.refused.clear();
    expect((await backends.choose(undefined, forSession)).name).toBe('kprobe.multi');
  });

  test('what this kernel will never have is tried once', async () => {
    const { trials, backends } = setUp();
    const refusal = { cause: 'kernel', text: 'no CONFIG_FPROBE', isLasting: true } as const;
    const failure = new PwruError('KERNEL_FEATURE_MISSING', 'Cannot attach', { refusal });
    trials.refused.set('kprobe.multi probe', failure);
    for (let time = 0; time < 2; time++) {
      expect(await backends.choose(undefined, forSession)).toMatchObject({
        rejected: [{ name: 'kprobe.multi', reason: 'no CONFIG_FPROBE' }],
      });
    }
    expect(trials.tried).toEqual(['kprobe.multi probe', 'kprobe probe']);
  });

  test('what works is tried again after a switch of the kernel was turned', async () => {
    const { trials, backends } = setUp();
    await backends.choose(undefined, forSession);
    trials.switches = 'ftrace is off';
    trials.refuse('kprobe.multi probe', 'ftrace-disabled');
    expect((await backends.choose(undefined, forSession)).name).toBe('kprobe');
  });

  test('what a session could not load or attach is not known to work any more', async () => {
    const { trials, backends } = setUp();
    await backends.choose(undefined, forSession);
    const failed = backends.failed('kprobe.multi', new PwruError('SYSTEM', 'Cannot: ENOMEM'));
    expect(await backends.choose(undefined, { ...forSession, failed: [failed] })).toMatchObject({
      ...{ name: 'kprobe', rejected: [{ name: 'kprobe.multi', reason: 'Cannot: ENOMEM' }] },
    });
    await backends.choose(undefined, forSession);
    expect(trials.tried.filter((what) => what === 'kprobe.multi probe')).toHaveLength(2);
  });

  test('statuses are of all, and of the programs of a session, too', async () => {
    const { trials, backends } = setUp();
    trials.refuse('kprobe programs', 'verifier');
    expect(await backends.statuses()).toMatchObject([
      { name: 'kprobe.multi', available: true, reason: '' },
      { name: 'kprobe', available: false, cause: 'verifier' },
      { name: 'tracepoint', available: true },
    ]);
    // A session found out already.
    backends.worked('kprobe');
    expect((await backends.statuses())[1]).toMatchObject({ available: true });
  });

  test('whether any works is found out once, and not by those that are refused', async () => {
    const { trials, backends } = setUp();
    trials.refuse('kprobe.multi probe', 'kptr-restrict');
    await backends.test();
    await backends.statuses();
    const tries = trials.tried.length;
    await backends.test();
    expect(trials.tried).toHaveLength(tries);
    trials.switches = 'lockdown is on';
    for (const name of ['kprobe', 'tracepoint']) trials.refuse(`${name} programs`, 'lockdown');
    await expect(backends.test()).rejects.toThrow('no backend works');
  });

  test('who asks during a trial gets what comes of it', async () => {
    const { trials, backends } = setUp();
    await Promise.all([backends.statuses(), backends.statuses()]);
    expect(new Set(trials.tried).size).toBe(trials.tried.length);
  });

  test('a backend that was named is not replaced', async () => {
    const { trials, backends } = setUp();
    trials.refuse('kprobe probe', 'perf-event-paranoid', 'PRIVILEGE_MISSING');
    await expect(backends.choose('kprobe', forSession)).rejects.toMatchObject({
      code: 'PRIVILEGE_MISSING',
      message:
        'Cannot use backend kprobe: perf-event-paranoid of kprobe probe (available: kprobe.multi, tracepoint)',
    });
  });

  test('where none works, one reason is said once', async () => {
    const { trials, backends } = setUp();
    for (const name of ['kprobe.multi', 'kprobe', 'tracepoint'])
      trials.refuse(`${name} probe`, 'seccomp', 'PRIVILEGE_MISSING');
    const onlySeccomp = {
      code: 'PRIVILEGE_MISSING',
      message: 'Cannot trace: no backend works on this kernel: seccomp of tracepoint probe',
    };
    await expect(backends.choose(undefined, forSession)).rejects.toMatchObject(onlySeccomp);
    trials.refuse('kprobe.multi probe', 'kernel');
    await expect(backends.choose(undefined, forSession)).rejects.toMatchObject(onlySeccomp);
    trials.refuse('kprobe probe', 'lockdown');
    await expect(backends.choose(undefined, forSession)).rejects.toThrow(
      'kprobe.multi: kernel of kprobe.multi probe; kprobe: lockdown of kprobe probe; tracepoint: seccomp of tracepoint probe',
    );
  });

  test('a library that is missing keeps its code', async () => {
    const { trials, backends } = setUp();
    const missing = new PwruError('LIBRARY_MISSING', 'Cannot load libbpf.so.1');
    for (const name of ['kprobe.multi', 'kprobe', 'tracepoint'])
      trials.refused.set(`${name} probe`, missing);
    await expect(backends.choose(undefined, forSession)).rejects.toBe(missing);
    expect(await backends.statuses()).toMatchObject([
      { cause: 'library' },
      { reason: 'Cannot load libbpf.so.1' },
      { available: false },
    ]);
  });
});
