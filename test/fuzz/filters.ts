import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type ErrorCode, PwruError } from '../../agent/src/core/errors.ts';
import {
  decodeClassicProgram,
  encodeClassicProgram,
} from '../../agent/src/core/filter/classic-program.ts';
import { compileFilter } from '../../agent/src/core/filter/compile-filter.ts';
import { checkExpression, tokenizeExpression } from '../../agent/src/core/filter/expression.ts';
import { planFilter } from '../../agent/src/core/filter/filter-plan.ts';
import {
  compileExpression,
  findIpv4Indexes,
  isValidProgram,
  linkTypes,
} from '../../agent/src/native/libpcap.ts';
import { expressions as goodExpressions } from '../support/packets-expressions.ts';
import { editedBytes } from './edited-bytes.ts';
import { editedText } from './edited-text.ts';
import { type FuzzSubject, property } from './fuzz-property.ts';
import { outcomeOf, valueUnless } from './outcome.ts';

const words = [
  ...[
    'tcp',
    'udp',
    'ip',
    'ip6',
    'icmp',
    'arp',
    'vlan',
    'mpls',
    'ether',
    'src',
    'dst',
    'host',
    'net',
  ],
  ...[
    'port',
    'portrange',
    'proto',
    'protochain',
    'gateway',
    'mask',
    'less',
    'greater',
    'broadcast',
  ],
  ...[
    'and',
    'or',
    'not',
    '&&',
    '||',
    '!',
    '(',
    ')',
    '[',
    ']',
    ':',
    '=',
    '!=',
    '>',
    '<<',
    '&',
    '+',
    '/',
  ],
  ...[
    '0',
    '1',
    '6',
    '80',
    '80-90',
    '0x10',
    '65536',
    '4294967296',
    '10.0.0.1',
    '10.0',
    '10.0.0.0/8',
  ],
  ...['2001:db8::1', '::/0', '2001:db8::/32', '1:2:3:4:5:6', '1.2.3.4.5', 'fe80::1%eth0', 'len'],
  ...[
    'tcp[13]',
    'ip[2:2]',
    'tcp-syn',
    'tcpflags',
    'http',
    '\\tcp',
    'example.com',
    'inbound',
    'ifname',
  ],
  ...['wlan', 'type', 'subtype', 'llc', 'atalk', 'decnet', 'geneve', 'pppoes', 'on', 'multicast'],
];

const sentence = fc
  .array(fc.constantFrom(...words), { maxLength: 8 })
  .map((sequence) => sequence.join(' '));

const texts = editedText(
  fc.oneof(fc.constantFrom(...goodExpressions), fc.constantFrom(...goodExpressions), sentence),
);

const codes: readonly ErrorCode[] = ['INVALID_ARGUMENT', 'FILTER_SYNTAX', 'FILTER_UNSUPPORTED'];

function isRefusal(thrown: unknown, lengthLimit: number): boolean {
  if (!(thrown instanceof PwruError) || !codes.includes(thrown.code)) return false;
  const { position = 0 } = thrown.details;
  // libpcap would have asked for it by DNS.
  assert.doesNotMatch(thrown.message, /unknown (ip6? )?(host|network)/i);
  return position >= 0 && position <= lengthLimit;
}

/** Every place that is no white space is in one word or sign. */
function checkTokens(text: string): void {
  let end = 0;
  for (const { text: word, position, kind } of tokenizeExpression(text)) {
    assert.match(text.slice(end, position), /^[ \r\n\t\\]*$/);
    assert(word.length > 0);
    const escapeLength = kind === 'name' && text[position] === '\\' ? 1 : 0;
    assert.equal(text.slice(position + escapeLength, position + escapeLength + word.length), word);
    end = position + escapeLength + word.length;
  }
  assert.match(text.slice(end), /^[ \r\n\t]*$/);
}

/** The largest program that the kernel's jumps can reach over, in bytes. */
const MAX_CODE_BYTES = 32_767 * 8;

export const filters: FuzzSubject = {
  name: 'filters',
  properties: [
    property(
      'words: a text is all its words and what is between them',
      texts,
      (text) => {
        checkTokens(text);
        valueUnless(
          () => checkExpression(text),
          (thrown) => isRefusal(thrown, text.length),
        );
      },
      { boundedCases: 3_000, examples: ['\\\\', '\\\r\n'] },
    ),
    property(
      "filters: libpcap's valid program as code for the kernel, or a refusal with a place, never a DNS query",
      texts,
      (text) => {
        const program = valueUnless(
          () => compileExpression(text, linkTypes.ethernet),
          (thrown) => isRefusal(thrown, text.length),
        );
        if (program === undefined) return;
        assert(isValidProgram(program));
        assert.deepEqual(decodeClassicProgram(encodeClassicProgram(program)), program);
        const plan = valueUnless(
          () => planFilter(text, program),
          (thrown) => thrown instanceof PwruError && thrown.code === 'FILTER_UNSUPPORTED',
        );
        assert((plan?.code.length ?? 0) <= MAX_CODE_BYTES);
        for (const { position } of findIpv4Indexes(text)) assert(position < text.length);
      },
      { boundedCases: 300, examples: ['host \\\r'] },
    ),
    property(
      'damaged programs: code for the kernel of what libpcap calls valid, or "Cannot run this filter"',
      editedBytes(
        fc
          .constantFrom(...goodExpressions.slice(0, 120))
          .map((text) => encodeClassicProgram(compileExpression(text, linkTypes.ethernet))),
      ),
      (bytes) => {
        const program = decodeClassicProgram(bytes);
        const compiled = outcomeOf(() => compileFilter(program, { guaranteedBytes: 14 }));
        if ('thrown' in compiled) {
          const { thrown } = compiled;
          if (!(thrown instanceof PwruError) || thrown.code !== 'FILTER_UNSUPPORTED') throw thrown;
          return;
        }
        assert(compiled.value.code.length <= MAX_CODE_BYTES);
        assert(compiled.value.readBytes >= 0);
      },
      { boundedCases: 1_000 },
    ),
  ],
};
