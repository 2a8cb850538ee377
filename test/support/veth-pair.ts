import { randomBytes } from 'node:crypto';
import type { TestMachine } from './machine.ts';
import { newNetns } from './new-netns.ts';

/** Two network namespaces joined by a veth. Documentation addresses: RFC 5737, RFC 3849. */
export interface VethPair extends AsyncDisposable {
  readonly client: string;
  readonly server: string;
  /** Interface names in their namespaces. */
  readonly clientInterface: string;
  readonly serverInterface: string;
}

export const clientAddress = { 4: '192.0.2.1', 6: '2001:db8::1' } as const;
export const serverAddress = { 4: '192.0.2.2', 6: '2001:db8::2' } as const;

/** Makes the pair; disposing it deletes both namespaces. */
export async function makeVethPair(machine: TestMachine): Promise<VethPair> {
  const id = randomBytes(3).toString('hex');
  const [client, server] = [`pwru-c-${id}`, `pwru-s-${id}`];
  const [clientInterface, serverInterface] = [`c${id}`, `s${id}`];
  await machine.mustRun(`set -e
    ${newNetns(client)}
    ${newNetns(server)}
    ip link add ${clientInterface} netns ${client} type veth peer name ${serverInterface} netns ${server}
    ip -n ${client} addr add ${clientAddress[4]}/24 dev ${clientInterface}
    ip -n ${server} addr add ${serverAddress[4]}/24 dev ${serverInterface}
    ip -n ${client} addr add ${clientAddress[6]}/64 dev ${clientInterface} nodad
    ip -n ${server} addr add ${serverAddress[6]}/64 dev ${serverInterface} nodad
    for end in "${client} ${clientInterface}" "${server} ${serverInterface}"; do
      set -- $end
      ip -n $1 link set $2 up
    done`);
  return {
    client,
    server,
    clientInterface,
    serverInterface,
    [Symbol.asyncDispose]: async () => {
      await machine.run(`ip netns del ${client}; ip netns del ${server}`);
    },
  };
}

/** Drops what comes in for this TCP port, by nftables, in both IP versions. */
export async function dropTcpPort(
  machine: TestMachine,
  netns: string,
  port: number,
): Promise<void> {
  await machine.mustRun(`nsenter --net=/run/netns/${netns} nft -f - <<'RULES'
table inet pwru_test {
  chain input {
    type filter hook input priority 0
    tcp dport ${port} drop
  }
}
RULES`);
}

/**
 * One TCP connection attempt, given up 0.7 s after it begins: the first SYN only (the second comes after 1 s). Timed by the shell
 * that makes it, since to start a program takes as long on a busy emulated machine.
 */
export async function tryToConnect(
  machine: TestMachine,
  from: { readonly netns: string; readonly address: string; readonly port: number },
): Promise<void> {
  const { netns, address, port } = from;
  await machine.run(
    `nsenter --net=/run/netns/${netns} bash -c 'exec 9<> <(:)
       (exec < /dev/tcp/${address}/${port}) 2> /dev/null & read -rt 0.7 -u 9; kill $! 2> /dev/null; wait'`,
  );
}
