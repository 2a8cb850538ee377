// Compiles filters where every DNS query is seen: node --import tsx FILE < EXPRESSIONS, in a network namespace whose resolver is
// 127.0.0.1. Prints what became of them, and the queries.
import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { PwruError } from '../../agent/src/core/errors.ts';
import { compileExpression, findIpv4Indexes, linkTypes } from '../../agent/src/native/libpcap.ts';

export interface FilterQueries {
  /** Message of each expression's refusal, empty when it compiles; in their order. */
  readonly outcomes: readonly string[];
  /** Names that were asked for while the expressions were compiled. */
  readonly queries: readonly string[];
  /** The same while a program looked one up. */
  readonly control: readonly string[];
}

/** The name in the question of a DNS message (RFC 1035, 4.1.2). */
function questionOf(message: Buffer): string {
  const labels: string[] = [];
  for (let offset = 12; (message[offset] ?? 0) > 0; ) {
    const end = offset + 1 + (message[offset] ?? 0);
    labels.push(message.toString('latin1', offset + 1, end));
    offset = end;
  }
  return labels.join('.');
}

function outcomeOf(expression: string): string {
  try {
    compileExpression(expression, linkTypes.ethernet);
    findIpv4Indexes(expression);
    return '';
  } catch (thrown) {
    if (thrown instanceof PwruError) return thrown.message;
    throw thrown;
  }
}

const resolver = createSocket('udp4');
const asked: string[] = [];
resolver.on('message', (message) => asked.push(questionOf(message)));
resolver.bind(53, '127.0.0.1');
await once(resolver, 'listening');
const expressions: string[] = JSON.parse(readFileSync(0, 'utf8'));
const outcomes = expressions.map(outcomeOf);
// The queries are in the socket's queue: nothing else ran.
await delay(50);
const queries = asked.splice(0);
await new Promise<void>((resolve) => {
  execFile('getent', ['ahosts', 'control.example'], () => resolve());
});
await delay(50);
const report: FilterQueries = { outcomes, queries, control: asked };
process.stdout.write(JSON.stringify(report));
resolver.close();
