import assert from 'node:assert/strict';
import fc from 'fast-check';
import { RE2JS } from 're2js';
import { PwruError } from '../../agent/src/core/errors.ts';
import { requestLimits } from '../../agent/src/core/limits.ts';
import { programSizeBound } from '../../agent/src/core/probe/expression-size.ts';
import { parseSelection } from '../../agent/src/trace/request/parse-selection.ts';
import { editedText } from './edited-text.ts';
import { type FuzzSubject, property } from './fuzz-property.ts';
import { outcomeOf, valueUnless } from './outcome.ts';

const atoms = [
  ...[
    'a',
    'tcp_v4_rcv',
    '.',
    '\\d',
    '\\pL',
    '\\p{Greek}',
    '\\x41',
    '\\x{1F600}',
    '\\101',
    '^',
    '$',
  ],
  ...['\\b', '\\C', '\\z', '\\\\', '[a-z]', '[^\\d]', '[[:alpha:]{9}]', '[]a]', '[\\pL{2}]', '😀'],
  ...['\\Qab{3}(\\E', '\\Q', '(?i)', '(|a)', '()', '{', '}', ']', '[', '(', ')', '\\', '\ud800'],
];
const repetitions = [
  '',
  '',
  '*',
  '+',
  '?',
  '*?',
  '{3}',
  '{2,}',
  '{0,7}',
  '{0,1000}',
  '{1001}',
  '{,3}',
];

const { expression } = fc.letrec<{ expression: string; piece: string }>((tie) => ({
  expression: fc
    .array(tie('piece'), { maxLength: 5 })
    .chain((pieces) => fc.constantFrom('', '|').map((between) => pieces.join(between))),
  piece: fc
    .tuple(
      fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constantFrom(...atoms),
        fc
          .tuple(fc.constantFrom('(', '(?:', '(?i:', '(?P<n>'), tie('expression'))
          .map(([opening, inner]) => `${opening}${inner})`),
      ),
      fc.constantFrom(...repetitions),
    )
    .map(([atom, repetition]) => atom + repetition),
}));

const expressions = editedText(expression);
const functions = ['tcp_v4_rcv', 'ip_rcv', 'a'.repeat(128), ''];

/** What it costs to make is bounded: what is larger is never given to RE2. */
function programSize(text: string): number | undefined {
  if (programSizeBound(text) > requestLimits.regexInstructions) return undefined;
  const outcome = outcomeOf(() => RE2JS.compile(text).programSize());
  return 'value' in outcome ? outcome.value : undefined;
}

export const functionExpressions: FuzzSubject = {
  name: 'function expressions',
  properties: [
    property(
      'expressions: a pattern of bounded size that matches names, or a refused field',
      expressions,
      (text) => {
        const selection = valueUnless(
          () => parseSelection({ functionRegex: text }, 'start.'),
          (thrown) =>
            thrown instanceof PwruError &&
            ['INVALID_ARGUMENT', 'REGEX_SYNTAX'].includes(thrown.code) &&
            thrown.details.field === 'start.function_regex' &&
            (thrown.details.position ?? 0) <= text.length,
        );
        const pattern = selection?.functionRegex;
        if (pattern === undefined) return;
        assert(pattern.programSize() <= requestLimits.regexInstructions);
        for (const name of functions) assert.equal(typeof pattern.testExact(name), 'boolean');
      },
      { boundedCases: 1_500 },
    ),
    property(
      'sizes: never less than the program that RE2 makes',
      expressions,
      (text) => {
        const size = programSize(text);
        assert(size === undefined || programSizeBound(text) >= size, `${size}`);
      },
      { boundedCases: 1_500 },
    ),
  ],
};
