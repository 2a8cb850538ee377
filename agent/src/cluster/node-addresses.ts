import { readFileSync } from 'node:fs';
import { type HostPaths, processPath } from './host-paths.ts';
import { addressBytes } from './pod-record.ts';

/** More than a node has, also one that holds the addresses of all services (IPVS). */
const maxAddresses = 2_048;

/** The addresses of the node's own network namespace, of both families; empty where they cannot be read. */
export function readNodeAddresses(paths: HostPaths): Uint8Array[] {
  const read = (name: string) => {
    try {
      return readFileSync(processPath(paths, paths.nodeProcess, `net/${name}`), 'latin1');
    } catch {
      // No IPv6, or no such process.
      return '';
    }
  };
  const texts = [...localIpv4(read('fib_trie')), ...localIpv6(read('if_inet6'))];
  return [...new Set(texts)].slice(0, maxAddresses).flatMap((text) => addressBytes(text) ?? []);
}

/** Of /proc/net/fib_trie: leaves whose prefix is a whole address, and which is the machine's own (net/ipv4/fib_trie.c). */
export function localIpv4(fibTrie: string): string[] {
  return [...fibTrie.matchAll(/\|-- ([\d.]+)\n(?:\s+\/\d+ .*\n)*?\s+\/32 host LOCAL/g)].map(
    ([, address = '']) => address,
  );
}

/** Of /proc/net/if_inet6: 32 hexadecimal digits begin each line (net/ipv6/addrconf.c). */
export function localIpv6(ifInet6: string): string[] {
  return [...ifInet6.matchAll(/^([0-9a-f]{32}) /gm)].map(([, digits = '']) =>
    digits.replace(/(.{4})(?!$)/g, '$1:'),
  );
}
