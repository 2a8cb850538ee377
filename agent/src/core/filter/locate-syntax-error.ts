import { at } from './at.ts';
import { type ExpressionToken, tokenizeExpression } from './expression-tokens.ts';

/** What can follow the beginning of an expression, whatever it ends with: an operand, a primitive, a relation. */
const continuations = [
  '',
  ' 1',
  ' ip',
  ' 1.1.1.1',
  ' 1:1:1:1:1:1',
  ' 1-2',
  ' proto 1',
  ' host 1.1.1.1',
  ' 1:1:1:1:1:1 and ip',
];

/**
 * Finds the word at which an expression stops being the beginning of any valid one, which libpcap's message does not
 * say. The beginnings are tried with every kind of ending; a search in halves needs few of them.
 *
 * @param parses whether libpcap finds no syntax error in a text.
 * @returns the word's position, or the expression's length when it only lacks an end.
 */
export function locateSyntaxError(expression: string, parses: (text: string) => boolean): number {
  const tokens = tokenizeExpression(expression);
  let valid = 0;
  let invalid = tokens.length + 1;
  while (invalid - valid > 1) {
    const middle = Math.floor((valid + invalid) / 2);
    if (canContinue(expression, tokens.slice(0, middle), parses)) valid = middle;
    else invalid = middle;
  }
  return invalid > tokens.length ? expression.length : at(tokens, invalid - 1).position;
}

function canContinue(
  expression: string,
  tokens: readonly ExpressionToken[],
  parses: (text: string) => boolean,
): boolean {
  const last = at(tokens, tokens.length - 1);
  const start = expression.slice(0, last.position + last.text.length);
  const closing = closingBrackets(tokens);
  // A relation may be missing at any depth of the brackets: with none, or behind each of the last few.
  const relations = [undefined, 0, 1, 2, closing.length];
  return continuations.some((continuation) =>
    relations.some((depth) => parses(start + continuation + closeWithRelation(closing, depth))),
  );
}

function closeWithRelation(closing: string, depth: number | undefined): string {
  if (depth === undefined) return closing;
  return `${closing.slice(0, depth)} = 1${closing.slice(depth)}`;
}

/** What closes the brackets that are open, innermost first. */
function closingBrackets(tokens: readonly ExpressionToken[]): string {
  const open: string[] = [];
  for (const { text } of tokens) {
    if (text === '(') open.push(')');
    else if (text === '[') open.push(']');
    else if (text === ')' || text === ']') open.pop();
  }
  return open.reverse().join('');
}
