/** `{n}`, `{n,}`, `{n,m}`, of numbers without zeros before them; other braces are text. */
const repetition = /\{(0|[1-9]\d{0,8})(?:(,)(0|[1-9]\d{0,8})?)?\}/y;

/** One character that is written with several: `\pL`, `\p{Greek}`, `\x41`, `\x{1F600}`, `\101`, `\d`. */
const escaped = /\\(?:[pP](?:\{[^}]*\}|.)|x(?:\{[^}]*\}|..)|[0-7]{1,3}|.)/suy;

const quotation = /\\Q(.*?)(?:\\E|$)/suy;
const groupOpening = /\((?:\?(?:P?<[^>]*>|[A-Za-z]*-?[A-Za-z]*:|<[=!]|[=!]))?/y;
const flagSetting = /\(\?[A-Za-z]*-?[A-Za-z]*\)/y;

/**
 * What is inside brackets is one instruction. A bracket that comes first, or in `[:alpha:]`, does not close it. Each escape can be read
 * in one way only (it is looked ahead for, and taken): with two ways, a class without end would be tried in 2^n.
 */
const characterClass =
  /\[\^?\]?(?:\[:\^?[a-z]*:\]|(?=(\\(?:[pP]\{[^}]*\}|x\{[^}]*\}|.)))\1|[^\]\\])*\]/suy;

/** A class of Unicode is a table of hundreds of ranges, which takes so much longer. */
const unicodeClass = /\\[pP]/g;
const unicodeInstructions = 20;

/** A branch, and the alternative when it is empty. */
const alternativeInstructions = 2;

/**
 * Alternatives leave a name's match at its first characters; what a repetition repeats may all be at work for each character
 * (`(.?){900}`: 100 ms for one name), and counts as so much more.
 */
const repeatedWeight = 3;

/** Of a group: its two ends, if it captures. Of a program: failure, match, and both ends. */
const groupInstructions = 2;
const programInstructions = 4;

interface Level {
  /** Of the alternatives so far, and of this one without its last operand. */
  before: number;
  /** Of the last operand, which a repetition repeats. */
  last: number;
}

/**
 * At least as many instructions as RE2 makes of an expression, without making them: `.{0,1000}` has nine bytes and 2,001. What
 * repetitions inside others repeat is multiplied, and counts as more than it is. An expression that RE2 refuses has some number as well.
 */
export function programSizeBound(expression: string): number {
  const levels: Level[] = [{ before: 0, last: 0 }];
  for (let position = 0; position < expression.length; ) {
    const level = levels.at(-1) ?? { before: 0, last: 0 };
    const read = (pattern: RegExp): RegExpExecArray | undefined => {
      pattern.lastIndex = position;
      const found = pattern.exec(expression);
      if (found === null) return undefined;
      position += found[0].length;
      return found;
    };
    const put = (instructions: number) => {
      level.before += level.last;
      level.last = instructions;
    };
    const quoted = read(quotation);
    if (quoted !== undefined) {
      // Its last character is what a repetition behind it repeats.
      for (const _ of quoted[1] ?? '') put(1);
      continue;
    }
    const single = read(escaped) ?? read(characterClass);
    if (single !== undefined) {
      put(1 + unicodeInstructions * (single[0].match(unicodeClass)?.length ?? 0));
      continue;
    }
    const counted = read(repetition);
    if (counted !== undefined) {
      level.last = repeated(level.last, counted);
      continue;
    }
    if (read(flagSetting) !== undefined) continue;
    if (read(groupOpening) !== undefined) {
      levels.push({ before: 0, last: 0 });
      continue;
    }
    const character = String.fromCodePoint(expression.codePointAt(position) ?? 0);
    position += character.length;
    if (character === ')' && levels.length > 1) {
      levels.pop();
      const outer = levels.at(-1);
      if (outer === undefined) continue;
      outer.before += outer.last;
      outer.last = Math.max(1, level.before + level.last) + groupInstructions;
    } else if (character === '*') level.last += 2;
    else if (character === '+' || character === '?') level.last += 1;
    else put(character === '|' ? alternativeInstructions : 1);
  }
  const total = levels.reduce((sum, { before, last }) => sum + before + last, 0);
  return total + programInstructions;
}

/** x{n,m} is n times x, then up to m - n that may be missing, each with a branch; x{n,} is n times x, the last with a loop. */
function repeated(instructions: number, [, from = '', comma, to]: RegExpExecArray): number {
  const least = Number(from);
  const most = to === undefined ? least : Number(to);
  const copies = Math.max(least, most, 1);
  const branches = to === undefined ? (comma === undefined ? 0 : 2) : Math.max(0, most - least);
  return copies > 1 ? repeatedWeight * (copies * instructions + branches) : instructions + branches;
}
