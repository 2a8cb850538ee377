import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { build } from 'esbuild';
import { test as base, describe, expect } from 'vitest';
import { floodSmallRings } from '../scenario/flood.ts';
import { sendUdp } from '../scenario/traffic.ts';
import { TestAgent } from '../support/agent.ts';
import { AgentHttp } from '../support/agent-http.ts';
import { hostMachine } from '../support/host-machine.ts';
import { type TestMachine, withAgent } from '../support/machine.ts';
import { type Samples, sample, sumOf } from '../support/metrics-text.ts';
import { lintMetrics } from '../support/prometheus.ts';
import { dist, Trace } from '../support/trace.ts';
import { makeVethPair, serverAddress } from '../support/veth-pair.ts';

/*
 * What a running agent says of itself over HTTP, with real sessions on this machine's kernel.
 */

const test = base.extend<{ machine: TestMachine; agent: TestAgent; http: AgentHttp }>({
  machine: [hostMachine, { scope: 'file' }],
  agent: [
    async ({ machine }, use) => {
      await using agent = await TestAgent.start(machine, '--http-address :0');
      await use(agent);
    },
    { scope: 'file' },
  ],
  http: [async ({ agent }, use) => use(await AgentHttp.of(agent.process)), { scope: 'file' }],
});

/** Of all sessions so far: what was produced is somewhere. */
function expectNothingUnaccounted(samples: Samples): void {
  const events = (stage: string) => sample(samples, `pwru_events_total{stage="${stage}"}`);
  const elsewhere =
    sumOf(samples, 'pwru_events_lost_total') + sample(samples, 'pwru_events_pending');
  expect(events('produced')).toBe(events('delivered') + events('withheld') + elsewhere);
}

/** Names of the counters, sums and buckets that went down between two scrapes. */
function shrunken(before: Samples, after: Samples): string[] {
  return [...before]
    .filter(([series]) => /(_total|_sum|_count|_bucket)(\{|$)/.test(series))
    .filter(([series, value]) => (after.get(series) ?? -1) < value)
    .map(([series]) => series);
}

describe('/metrics', () => {
  test('counts the events of every session once, and probes while there is one', async ({
    agent,
    http,
  }) => {
    await using pair = await makeVethPair(hostMachine);
    const machine = withAgent(hostMachine, agent.address);
    const before = await http.samples();
    expect(sumOf(before, 'pwru_probes_attached')).toBe(0);
    let traced = 0;
    for (const port of [4100, 4200]) {
      const args = `netns/${pair.client} -- udp dst port ${port}`;
      await using trace = await Trace.start(machine, args);
      const during = await http.freshSamples();
      expect(sample(during, 'pwru_sessions_active')).toBe(1);
      expect(sample(during, 'pwru_probes_attached{backend="tracepoint"}')).toBeGreaterThan(10);
      await sendUdp(hostMachine, {
        ...{ netns: pair.client, address: serverAddress[4], count: 500, port },
      });
      expectNothingUnaccounted(await http.freshSamples());
      traced += (await trace.stop()).events.length;
    }
    const after = await http.freshSamples();
    expectNothingUnaccounted(after);
    expect(traced).toBeGreaterThan(1_000);
    const delivered = 'pwru_events_total{stage="delivered"}';
    expect(sample(after, delivered) - sample(before, delivered)).toBe(traced);
    expect(sumOf(after, 'pwru_probes_attached')).toBe(0);
    expect(sample(after, 'pwru_sessions_active')).toBe(0);
    for (const op of ['attach', 'detach']) {
      expect(sample(after, `pwru_probe_attach_seconds_count{op="${op}"}`)).toBe(2);
    }
    expect(sample(after, 'pwru_sessions_total{result="ok"}')).toBe(2);
  });

  test('says what was lost, as its client was told, and no counter ever shrinks', async ({
    agent,
    http,
  }) => {
    const folder = await mkdtemp(join(tmpdir(), 'pwru-flood-'));
    const client = join(folder, 'flood-client.cjs');
    await build({
      entryPoints: [join(import.meta.dirname, '../support/flood-client.ts')],
      outfile: client,
      ...{ bundle: true, platform: 'node', target: 'node20' },
    });
    const before = await http.freshSamples();
    const machine = withAgent(hostMachine, agent.address);
    let isOver = false;
    const flooding = floodSmallRings(machine, { client, packets: 20_000 }).finally(() => {
      isOver = true;
    });
    let scrapes = 0;
    for (let last = before; !isOver; scrapes++) {
      await delay(200);
      const next = await http.samples();
      expect(shrunken(last, next)).toEqual([]);
      expectNothingUnaccounted(next);
      last = next;
    }
    const { lost } = await flooding;
    await rm(folder, { recursive: true });
    expect(scrapes).toBeGreaterThan(3);
    expect(lost).toBeGreaterThan(10_000);
    const after = await http.freshSamples();
    expectNothingUnaccounted(after);
    const lostEvents = 'pwru_events_lost_total';
    expect(sumOf(after, lostEvents) - sumOf(before, lostEvents)).toBe(lost);
    expect(sample(after, 'pwru_events_lost_total{stage="kernel_ring"}')).toBeGreaterThan(0);
  });

  test('has nothing that promtool complains of', async ({ http }) => {
    const { text } = await http.get('/metrics');
    expect(text).toContain('grpc_server_handled_total{');
    expect(lintMetrics(text)).toBe('');
  });
});

describe('readiness', () => {
  test('an agent that can load programs is ready', async ({ http }) => {
    expect(await http.get('/readyz')).toEqual({ status: 200, text: 'ok agent\nok bpf\n' });
    expect(await http.get('/healthz')).toEqual({ status: 200, text: 'ok\n' });
  });

  test('one that may not says so, and is alive', async () => {
    await using agent = await hostMachine.start(
      `exec setpriv --bounding-set=-all --inh-caps=-all ${join(dist, 'pwru-agent')} --socket= --listen 127.0.0.1:0 --http-address 127.0.0.1:0`,
    );
    const http = await AgentHttp.of(agent);
    const { status, text } = await http.get('/readyz');
    expect(status).toBe(503);
    expect(text).toMatch(
      /^ok agent\nnot ready bpf: Cannot trace: no backend works on this kernel: .*EPERM \(CAP_BPF and CAP_PERFMON are missing\).*\n$/,
    );
    expect((await http.get('/healthz')).status).toBe(200);
  });
});

test('capabilities that are only permitted are used', async () => {
  const folder = (await hostMachine.mustRun('mktemp -d')).trim();
  const capabilities = 'bpf,perfmon,syslog';
  const named = capabilities.split(',').map((name) => `cap_${name}`);
  await hostMachine.mustRun(`set -e
    cp "$(readlink -f "$(command -v node)")" ${folder}/node
    setcap ${named.join(',')}+p ${folder}/node
    # The checkout may lie where only root gets.
    cp -r ${dist} ${folder}/dist
    chmod 755 ${folder}`);
  await using agent = await hostMachine.start(
    `exec setpriv --reuid=65532 --regid=65532 --clear-groups --bounding-set=-all,+${capabilities.replaceAll(',', ',+')} \
      --inh-caps=-all ${folder}/node ${folder}/dist/pwru-agent --socket= --listen 127.0.0.1:0 --http-address 127.0.0.1:0`,
  );
  const http = await AgentHttp.of(agent);
  expect((await http.get('/readyz')).text).toBe('ok agent\nok bpf\n');
  await agent[Symbol.asyncDispose]();
  await hostMachine.mustRun(`rm -r ${folder}`);
});

test('a port that is taken ends the agent with one sentence', async ({ http, agent }) => {
  const [, port] = /"http":"[^"]+:(\d+)"/.exec(agent.process.output) ?? [];
  expect((await http.get('/healthz')).status).toBe(200);
  const second = await hostMachine.run(
    `${join(dist, 'pwru-agent')} --socket= --listen 127.0.0.1:0 --http-address :${port}`,
  );
  expect(second.exitCode).toBe(1);
  expect(second.stderr).toMatch(/^pwru-agent: Cannot listen on :\d+ for HTTP: .*EADDRINUSE.*\n$/);
});
