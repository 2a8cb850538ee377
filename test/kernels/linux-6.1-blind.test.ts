import { testBlindSoftirqs } from './blind-tests.ts';

/** By plain kprobes, which are many links: not on all functions. */
const functions =
  '(__)?ip_.*|tcp_v4_.*|tcp_.*_skb|icmp_.*|__dev_queue_xmit|enqueue_to_backlog|skb_.*';

testBlindSoftirqs('6.1', `--func '${functions}'`);
