import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, inject } from 'vitest';
import { type BackendName, backendNames } from '../../agent/src/trace/request/trace-spec.ts';
import { expectSenderOnlyWhereItSends } from '../scenario/sender-process.ts';
import { agentFlag, pwru } from '../support/trace.ts';
import { expectDroppedDatagram, expectPing } from './expect-followed.ts';
import { type ExpectedKernel, expectedKernels, type KernelName } from './expected-kernels.ts';
import { variants } from './followed-traffic.ts';
import { bundleForGuest } from './guest-bundle.ts';
import { type KernelStatus, kernelGuestTest } from './kernel-guest.ts';
import { countKinds, kernelObjects, untilOnly } from './kernel-objects.ts';
import { type KernelRow, missingOf } from './kernel-table.ts';
import type { LoadOutcome, LoadRequest } from './load-request.ts';
import { droppedPorts } from './traffic.ts';

const cases = variants.flatMap((variant, index) =>
  ([4, 6] as const).map((ipVersion) => ({ ...variant, index, ipVersion })),
);

/**
 * What can be traced on one kernel of the lab, in one guest; leaves the kernel's row for the table.
 * @returns vitest's `test` with this guest, for what concerns this kernel alone
 */
export function testKernel(name: KernelName): ReturnType<typeof kernelGuestTest> {
  const expected: ExpectedKernel = expectedKernels[name];
  const test = kernelGuestTest(name);
  const isCarried = (backend: BackendName) => expected.backends[backend].missing === undefined;
  /** How many of the cases each backend has passed. */
  const passed = new Map<string, number>();
  let known: KernelStatus | undefined;

  afterAll(() => {
    if (known === undefined) return;
    const carried = [...passed.keys()].filter((backend) => passed.get(backend) === cases.length);
    const best = known.backends.find((backend) => backend.name === carried[0]);
    const row: KernelRow = {
      kernel: known.kernel,
      backends: carried,
      functions: best?.functions ?? 0,
      missing: missingOf(name),
    };
    writeFileSync(join(inject('kernelRows'), `${name}.json`), JSON.stringify(row));
  });

  test('status says what the kernel can carry, and why not more', ({ status }) => {
    known = status;
    expect(status.kernel.startsWith(expected.release)).toBe(true);
    expect(status.backends.map((backend) => [backend.name, backend.reason])).toEqual(
      backendNames.map((backend) => [backend, expected.backends[backend].missing ?? '']),
    );
    for (const { name: backend, functions } of status.backends) {
      const { functionsAtLeast = 0 } = expected.backends[backend as BackendName];
      expect(functions, backend).toBeGreaterThanOrEqual(functionsAtLeast);
    }
    expect(status.features.map((feature) => [feature.name, feature.reason])).toEqual(
      Object.entries(expected.features),
    );
  });

  test('the kernel takes every program of its backends, with every setting', async ({
    guest,
    before,
  }) => {
    const script = join(guest.share, 'program-loads.cjs');
    await bundleForGuest(join(import.meta.dirname, 'program-loads.ts'), script);
    const hasCast = expected.features.bpf_rdonly_cast === '';
    const hasCookies = expected.features['cookies of tracepoints'] === '';
    const request: LoadRequest = {
      programs: [
        ...backendNames
          .filter((backend) => isCarried(backend) && (backend !== 'tracepoint' || hasCookies))
          .map((backend) => {
            const object = backend === 'tracepoint' ? 'tracepoints' : 'functions';
            return { object: hasCast ? (`${object}-cast` as const) : object, backend } as const;
          }),
        // Not taken where others work, and yet to be taken by the kernel.
        ...(hasCast && hasCookies
          ? [{ object: 'tracepoints', backend: 'tracepoint' } as const]
          : []),
        { object: 'slots', backend: 'tracepoint' },
      ],
      hasFunctionAddress: expected.features.bpf_get_func_ip === '',
      countsSoftirqs: expected.features['guard of programs'] === '',
    };
    const output = await guest.mustRun(`node ${script} '${JSON.stringify(request)}'`, {
      timeoutMs: 850_000,
    });
    const outcomes = JSON.parse(output) as LoadOutcome[];
    expect(outcomes.length).toBe(6 * request.programs.length + (request.countsSoftirqs ? 1 : 0));
    expect(outcomes.filter(({ failure }) => failure !== '')).toEqual([]);
    await untilOnly(guest, before);
  });

  describe.for(backendNames.filter(isCarried))('%s', (backend) => {
    test.for(cases)(
      'follows a ping and dropped datagrams by IPv$ipVersion, before and after a module is loaded; $filter filter, --track: $track, --stack: $stack',
      async ({ index, ipVersion, stack }, { followed }) => {
        const { traces, pair } = await followed(backend);
        const trace = traces[index];
        if (trace === undefined) throw new Error(`There is no trace ${index}`);
        expect(trace.exitCode, trace.stderr).toBe(0);
        expect(trace.stderr).toMatch(new RegExp(`^Tracing .* by ${backend}(,|$)`, 'm'));
        expect(trace.stderr).toMatch(/^\d+ packets, .* 0 lost, /m);
        expectPing(trace, pair, ipVersion);
        const reason = expected.features['drop reasons'] === '' ? 'NETFILTER_DROP' : '';
        for (const port of droppedPorts) {
          expectDroppedDatagram(trace, pair, { ipVersion, port, reason, stack });
        }
        passed.set(backend, (passed.get(backend) ?? 0) + 1);
      },
    );

    test('shows a process as interrupted where it did not send the packet, or that this is not known', ({
      machine,
    }) =>
      expectSenderOnlyWhereItSends(machine, {
        backend,
        isTold: expected.features['preempt count'] === '',
      }));

    test('leaves nothing in the kernel', async ({ guest, before, followed }) => {
      const { objects } = await followed(backend);
      const { prog = 0, map = 0, link = 0 } = countKinds(objects);
      expect(prog).toBeGreaterThan(countKinds(before)['prog'] ?? 0);
      expect(map).toBeGreaterThan(countKinds(before)['map'] ?? 0);
      expect(link).toBeGreaterThan(countKinds(before)['link'] ?? 0);
      await untilOnly(guest, before);
    });
  });

  test.for(backendNames.filter((backend) => !isCarried(backend)))(
    '--backend %s is refused, with the reason',
    async (backend, { machine, before }) => {
      const { exitCode, stderr } = await machine.run(
        `${pwru} ${agentFlag(machine)} --backend ${backend} --timeout 1s`,
      );
      expect(stderr).toContain(
        `error: Cannot use backend ${backend}: ${expected.backends[backend].missing} (available: ${backendNames.filter(isCarried).join(', ')})\n`,
      );
      expect(exitCode).toBe(1);
      expect(await kernelObjects(machine)).toEqual(before);
    },
  );

  return test;
}
