import type { TestMachine } from '../support/machine.ts';

/** One UDP flow out of a namespace. Nobody need listen. */
export interface UdpFlow {
  readonly netns: string;
  readonly address: string;
  readonly port: number;
  readonly count: number;
  /** Of each datagram's payload; 2 unless given. */
  readonly bytes?: number;
}

/**
 * Sends datagrams as fast as bash can, one after the other.
 * @returns how many the kernel took: an ICMP error that came back takes the place of one datagram.
 */
export async function sendUdp(machine: TestMachine, flow: UdpFlow): Promise<number> {
  const { netns, address, port, count, bytes = 2 } = flow;
  const output = await machine.mustRun(
    `nsenter --net=/run/netns/${netns} bash -c 'exec 3<>/dev/udp/${address}/${port}; sent=0
       for ((i = 0; i < ${count}; i++)); do printf %${bytes}s x >&3 && sent=$((sent + 1)); done
       echo $sent' 2>/dev/null`,
    { timeoutMs: 240_000 },
  );
  return Number(output.trim());
}
