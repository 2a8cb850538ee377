import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tokenizeExpression } from '../../agent/src/core/filter/expression.ts';
import { Random } from '../support/event-records.ts';
import type { FilterQueries } from '../support/filter-queries.ts';

const repository = join(import.meta.dirname, '../..');

/** Compiles the expressions where the only resolver is the test's own. */
function compileAll(expressions: readonly string[]): FilterQueries {
  const script = `ip link set lo up
    printf 'nameserver 127.0.0.1\\noptions timeout:1 attempts:1\\n' > /tmp/resolv.$$
    mount --bind /tmp/resolv.$$ /etc/resolv.conf; rm /tmp/resolv.$$
    exec node --import tsx test/support/filter-queries.ts`;
  const child = spawnSync('unshare', ['--net', '--mount', 'bash', '-ec', script], {
    cwd: repository,
    input: JSON.stringify(expressions),
    encoding: 'utf8',
    maxBuffer: 16 * 1024 * 1024,
  });
  if (child.status !== 0)
    throw new Error(`It failed (${child.signal ?? child.status}): ${child.stderr}`);
  return JSON.parse(child.stdout);
}

const addressPlaces = ['host', 'net', 'gateway', 'src host', 'dst', 'src net', 'ether host', ''];
const almostNumbers = [
  ...['tcp-evil', 'tcp-synx', 'tcp-e', 'icmp-internal', 'icmp-10', 'icmp-echo-reply', 'icmp6-x'],
  ...['icmp6-routersolicitation', 'tcpflagsx', 'icmptypes', 'icmp-echoreply.example', 'tcp-syn.'],
];

/** Of the words in the scanner's source those that it does not call names. */
const reservedWords = [
  ...new Set(
    readFileSync(join(repository, 'agent/src/core/filter/expression.ts'), 'utf8').match(
      /[a-z0-9-]+/g,
    ),
  ),
].filter((word) => ['keyword', 'number'].includes(tokenizeExpression(word)[0]?.kind ?? ''));

describe('no filter makes the agent ask a resolver', () => {
  test('by names that look like those of numbers', () => {
    const expressions = addressPlaces.flatMap((place) =>
      almostNumbers.flatMap((name) => [`${place} ${name}`, `tcp port 80 or ${place} ${name}`]),
    );
    const { outcomes, queries, control } = compileAll(expressions);
    expect(control).toContain('control.example');
    expect(queries).toEqual([]);
    for (const outcome of outcomes) {
      expect(outcome).toMatch(/names of hosts and networks are not resolved|unknown port/);
    }
  });

  test('by words that are reserved here', () => {
    const { outcomes, queries } = compileAll(
      reservedWords.flatMap((word) => [`host ${word}`, `${word}`, `net 10 or ${word}`]),
    );
    expect(reservedWords.length).toBeGreaterThan(180);
    expect(queries).toEqual([]);
    expect(outcomes.filter((outcome) => outcome.includes('unknown host'))).toEqual([]);
  });

  test('by any words and signs in any order', () => {
    const random = new Random(4);
    const words = [
      ...'host net gateway port portrange proto src dst or and not ip ip6 tcp udp icmp ether llc type subtype'.split(
        ' ',
      ),
      ...'vlan 5 len less greater ( ) [ ] = > & | - + tcp-syn icmp6-echo icmptype tcpflags broadcast'.split(
        ' ',
      ),
      ...'evil evil.example tcp-evil 10.0.0.1 10.1 ::1 1::2evil ::12345evil a:b 1-2 80 0x50 http \\evil \\tcp'.split(
        ' ',
      ),
      ...'dead::beef.evil 1:2:3:4:5:6 1.2.3.4.5 $a1 on eth0 inbound mask 255.0.0.0 l1 es-is geneve'.split(
        ' ',
      ),
    ] as unknown as readonly [string, ...string[]];
    const expressions = Array.from({ length: 20_000 }, () =>
      Array.from({ length: 1 + random.below(7) }, () => random.pick(words)).join(
        random.pick([' ', ' ', '']),
      ),
    );
    const { outcomes, queries, control } = compileAll(expressions);
    expect(control).toContain('control.example');
    expect(queries).toEqual([]);
    expect(outcomes.filter((outcome) => outcome === '').length).toBeGreaterThan(100);
  });
});
