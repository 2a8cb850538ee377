// node flood-client.cjs ADDRESS NETNS PORT: traces UDP to PORT in a namespace with the smallest rings and reads nothing until
// SIGUSR1 comes; then stops the session, reads all, and prints {delivered, lost, missed, lossReports} as JSON.

import Long from 'long';
import { GrpcAgentClient } from '../../plugin/src/agents/grpc-client.ts';
import { lossTotals } from '../../plugin/src/events/accounting.ts';
import { pwru } from '../../proto/gen/pwru.js';

async function main(): Promise<void> {
  const [address = '', netnsName = '', port = ''] = process.argv.slice(2);
  const client = new GrpcAgentClient(address);
  const stream = client.trace({
    targets: [{ netnsName }],
    filter: `udp dst port ${port}`,
    ringBudgetBytes: Long.fromNumber(1024 * 1024),
  });
  const heartbeat = setInterval(() => stream.send({ heartbeat: {} }), 5_000);
  const counted = { delivered: 0, lost: 0, missed: 0, lossReports: 0 };
  for await (const bytes of stream.responses) {
    const { started, events, status, summary } = pwru.v1.TraceResponse.decode(bytes);
    if (started) {
      process.stdout.write('Tracing\n');
      await new Promise((resolve) => process.once('SIGUSR1', resolve));
      stream.send({ stop: {} });
    }
    counted.delivered += events?.events?.length ?? 0;
    if (Number(lossTotals(status?.accounting?.losses ?? []).totalEvents) > 0) counted.lossReports++;
    if (summary) {
      counted.lost = Number(lossTotals(summary.accounting?.losses ?? []).totalEvents);
      counted.missed = Number(summary.accounting?.missedHits ?? 0);
    }
  }
  clearInterval(heartbeat);
  client.close();
  process.stdout.write(`${JSON.stringify(counted)}\n`);
}

void main();
