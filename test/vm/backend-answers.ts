import { expect } from 'vitest';
import type { JsonEvent } from '../../plugin/src/events/json-shapes.ts';
import { pwru } from '../support/trace.ts';
import type { Guest } from './lab/guest.ts';

/** Some that each backend has, and that a datagram on the loopback device goes through. */
const places = 'ip_rcv|ip_output|__udp4_lib_rcv|net_dev_queue|netif_receive_skb|consume_skb';

/** What is said of an agent's backends, by everything that speaks of them. */
export interface BackendAnswers {
  /** Text of /readyz. */
  readonly ready: string;
  /** The best that works: of status, of --dry-run, of the trace. Empty: none. */
  readonly status: string;
  readonly dryRun: string;
  readonly trace: string;
  /** Line "backend" of doctor, as RESULT DETAIL; what helps. */
  readonly doctor: string;
  /** Lines of doctor that are not ok. */
  readonly complaints: readonly string[];
  /** Standard error of the trace. */
  readonly said: string;
  /** Places that a datagram was seen at. */
  readonly hit: readonly string[];
}

interface Finding {
  readonly check: string;
  readonly status: string;
  readonly detail: string;
  readonly remedy: string;
}

/**
 * Asks in each way, one after the other, and traces a datagram.
 * @param flag who is asked: `--agent unix:...`
 * @param httpPort where the agent has /readyz
 */
export async function askOfBackends(
  guest: Guest,
  { flag, httpPort }: { readonly flag: string; readonly httpPort: number },
): Promise<BackendAnswers> {
  const folder = (await guest.mustRun('mktemp -d')).trim();
  await guest.mustRun(
    `cd ${folder}
    ip link set lo up
    # An agent that has just begun may not answer within the 10 s that a connection has.
    until [ -s ready ]; do
      exec 3<>/dev/tcp/127.0.0.1/${httpPort}
      printf 'GET /readyz HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n' >&3; sed '1,/^\\r$/d' <&3 > ready
    done
    # Nor within those that a call has, or the 5 s of a connection: on a busy machine, and no matter of backends.
    until ${pwru} ${flag} status -o json > status && grep -q '"ready":true' status; do :; done
    ${pwru} ${flag} --dry-run -o json > dry-run 2> dry-run-said
    ${pwru} ${flag} doctor -o json > doctor
    (while sleep 0.1; do echo x > /dev/udp/127.0.0.1/4477; done) 2> /dev/null & sender=$!
    for try in 1 2 3; do
      ${pwru} ${flag} --func '${places}' --timeout 1s -o json -- udp dst port 4477 > events 2> said
      grep -qE 'Cannot reach the agent|Lost the agent' said || break
    done
    kill $sender; true`,
    { timeoutMs: 240_000 },
  );
  const read = (name: string) => guest.mustRun(`cat ${folder}/${name}`);
  const status = JSON.parse(await read('status')) as {
    readonly backends: ReadonlyArray<{ readonly name: string; readonly available: boolean }>;
  };
  const dryRun = (await read('dry-run')).trim();
  const findings = linesOf<Finding>(await read('doctor'));
  const backend = findings.find(({ check }) => check === 'backend');
  const said = await read('said');
  return {
    ready: (await read('ready')).trim(),
    status: status.backends.find(({ available }) => available)?.name ?? '',
    dryRun: dryRun === '' ? '' : (JSON.parse(dryRun) as { readonly backend: string }).backend,
    trace: /^Tracing .* by (\S+?),?( |$)/m.exec(said)?.[1] ?? '',
    doctor: `${backend?.status} ${backend?.detail}; ${backend?.remedy}`,
    complaints: findings
      .filter(({ status: result }) => result !== 'ok')
      .map(({ check, detail, remedy }) => `${check}: ${detail}; ${remedy}`),
    said,
    hit: [...new Set(linesOf<JsonEvent>(await read('events')).map(nameOf))],
  };
}

/** All say that this backend is the best that works, and a datagram was seen by it. */
export function expectAgreement(answers: BackendAnswers, backend: string): void {
  const { status, dryRun, trace, doctor, ready, said } = answers;
  expect({ status, dryRun, trace }, said).toEqual({
    ...{ status: backend, dryRun: backend, trace: backend },
  });
  expect(doctor).toMatch(new RegExp(`^(ok|warning) ${backend.replace('.', '\\.')} with \\d`));
  expect(ready).toBe('ok agent\nok bpf');
  expect(answers.hit.length).toBeGreaterThan(0);
}

/** All say that nothing works, and why. */
export function expectNoBackend(answers: BackendAnswers, why: RegExp): void {
  const { status, dryRun, trace, doctor, ready, said, hit } = answers;
  expect({ status, dryRun, trace, hit }).toEqual({ status: '', dryRun: '', trace: '', hit: [] });
  expect(doctor).toMatch(/^failure no backend works/);
  for (const text of [doctor, ready, said]) expect(text).toMatch(why);
  expect(ready).toMatch(/^ok agent\nnot ready bpf: /);
  expect(said).toMatch(/^error: /m);
}

function linesOf<T>(text: string): T[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}

function nameOf(event: JsonEvent): string {
  return event.function?.name ?? '';
}
