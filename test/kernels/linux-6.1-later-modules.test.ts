import { describe } from 'vitest';
import { expectDropsNamed, traceFirstRule } from '../scenario/later-modules.ts';
import { makeVethPair } from '../support/veth-pair.ts';
import { guestTest } from '../vm/guest-test.ts';

const test = guestTest('6.1');

describe('nf_tables, loaded during a trace on Linux 6.1', () => {
  test('by plain kprobes: the first drop is named', async ({ guest }) => {
    await using pair = await makeVethPair(guest);
    const args = "--func 'ip_rcv|ip_local_deliver|kfree_skb.*'";
    const trace = await traceFirstRule({ machine: guest, pair, args: `--backend kprobe ${args}` });
    expectDropsNamed(trace);
  });
});
