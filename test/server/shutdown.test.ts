import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { infoServiceDefinition } from '../../agent/src/server/service-definitions.ts';
import { pwru } from '../../proto/gen/pwru.js';
import { AgentFixture, callUnary, mustFail, TraceClient, until } from './agent-fixture.ts';

const { EndReason } = pwru.v1;

describe('AgentServer.close', () => {
  test('sessions end with AGENT_SHUTDOWN, and their clients get the Summary and OK', async () => {
    await using agent = await AgentFixture.open();
    const traces = [agent.connect(), agent.connect()].map((client) =>
      new TraceClient(client).start(),
    );
    for (const trace of traces) await trace.started();
    await agent.server.close();
    for (const trace of traces) {
      expect(await trace.over).toBeUndefined();
      expect(trace.responses.at(-1)?.summary?.reason).toBe(EndReason.END_REASON_AGENT_SHUTDOWN);
    }
  });

  test('from its beginning no connection is taken and no session starts', async () => {
    await using agent = await AgentFixture.open({ listenAddress: '127.0.0.1:0' });
    const client = agent.connect();
    agent.host.onSession = (session) => {
      session.ignoresStop = true;
      session.announceStart();
    };
    const running = new TraceClient(client).start();
    await running.started();
    const closing = agent.server.close(600);
    expect(existsSync(agent.socketPath)).toBe(false);
    const port = Number(agent.server.addresses[1]?.split(':')[1]);
    const refused = await new Promise((resolve) => {
      connect(port, '127.0.0.1').once('error', (error: NodeJS.ErrnoException) =>
        resolve(error.code),
      );
    });
    expect(refused).toBe('ECONNREFUSED');
    const late = await new TraceClient(client).start().over;
    expect(late?.details).toContain('shutting down');
    await closing;
    expect((await running.over)?.code).toBeDefined();
  });

  test('a session that does not end is left after the deadline, and said so', async () => {
    await using agent = await AgentFixture.open();
    agent.host.onSession = (session) => {
      session.ignoresStop = true;
      session.announceStart();
    };
    await new TraceClient(agent.connect()).start().started();
    const beganAtMs = performance.now();
    await agent.server.close(400);
    expect(performance.now() - beganAtMs).toBeGreaterThan(300);
    expect(agent.log.lines.at(-1)).toMatchObject({ level: 'error', fields: { sessions: 1 } });
  });

  test('the host is closed once, after the last session; closing twice is one closing', async () => {
    await using agent = await AgentFixture.open();
    await new TraceClient(agent.connect()).start().started();
    const first = agent.server.close();
    const second = agent.server.close();
    expect(agent.host.closings).toBe(0);
    await Promise.all([first, second]);
    await agent.server.close();
    expect(agent.host.closings).toBe(1);
    expect(agent.host.sessions[0]?.stopReasons).toEqual([EndReason.END_REASON_AGENT_SHUTDOWN]);
  });

  test('idle connections, and calls without a start, do not hold it up', async () => {
    await using agent = await AgentFixture.open();
    const client = agent.connect();
    await callUnary(client, infoServiceDefinition.getInfo, {});
    const unstarted = new TraceClient(client);
    await until(() => agent.server.openConnections === 1);
    const beganAtMs = performance.now();
    await agent.server.close(60_000);
    expect(performance.now() - beganAtMs).toBeLessThan(30_000);
    expect((await unstarted.over)?.code).toBeDefined();
    expect(agent.server.openConnections).toBe(0);
    await mustFail(callUnary(client, infoServiceDefinition.getInfo, {}));
  });
});
