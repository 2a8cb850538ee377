import { test } from 'vitest';
import { expectPacketEnds } from '../scenario/packet-ends.ts';
import { hostMachine } from '../support/host-machine.ts';

// skb_consume_udp() of Linux 6.18 has no tracepoint (skb_attempt_defer_free()).
test('tells how each packet ended', () =>
  expectPacketEnds(hostMachine, 'waiting', '--backend tracepoint'));
