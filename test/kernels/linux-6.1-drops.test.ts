import { testDrops } from './drop-tests.ts';

/*
 * The kernel names reasons, and no sockets. Few functions, since each plain kprobe takes long to come and go.
 */

const few = "--func '(ip6?_rcv|ip6?_output|kfree_skb.*|tcp_timewait_state_process|tcp_check_req)'";

testDrops('6.1', { healthy: ['--backend tracepoint', few], cases: few });
