import { isIP } from 'node:net';
import { commandNames } from './flag-table.ts';
import { UsageError } from './values.ts';

/** Words of pcap-filter(7) that begin or join its expressions. */
const filterWords = new Set(
  [
    'host net port portrange src dst ether gateway broadcast multicast less greater proto protochain',
    'ip ip6 arp rarp tcp udp sctp icmp icmp6 igmp igrp pim ah esp vrrp vlan mpls pppoed pppoes',
    'and or not',
  ].flatMap((line) => line.split(' ')),
);

/**
 * Refuses bare words that would be names of pods but were hardly meant so: a command with a slip of the finger, a filter
 * without the `--` before it. `pod/NAME` is always a pod.
 * @throws UsageError
 */
export function refuseMistyped(words: readonly string[]): void {
  const [first] = words;
  const command = first === undefined ? undefined : nearestCommand(first);
  if (command !== undefined) {
    throw new UsageError(
      `Cannot trace "${first}": did you mean "kubectl pwru ${command}"? A pod of that name is pod/${first}`,
    );
  }
  const at = words.findIndex((word) => filterWords.has(word) || isIP(word) !== 0);
  const word = words[at];
  if (word === undefined) return;
  const filter = `${isIP(word) === 0 ? '' : 'host '}${words.slice(at).join(' ')}`;
  throw new UsageError(
    `Cannot trace "${word}": a filter stands after "--", as in "-- ${filter}"; a pod of that name is pod/${word}`,
  );
}

function nearestCommand(word: string): string | undefined {
  if (!/^[a-z]{4,}$/.test(word)) return undefined;
  const most = Math.floor(word.length / 3);
  return ['help', ...commandNames].find((name) => editDistance(word, name) <= most);
}

/** Levenshtein distance. */
export function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(
        Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1),
      );
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}
