import fc from 'fast-check';

type JsonEdit = readonly [kind: number, place: number, value: number];

/** Values of which each is wrong nearly everywhere. */
const oddValues: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1.5, 1e308, Number.MAX_SAFE_INTEGER, 2 ** 32, 4_194_305],
  ...['', '\0', '\ud800', 'a'.repeat(5_000), '__proto__', '/', '../..', '1.2.3.4', '::1', '%'],
  ...[[], {}, [null], [[]], [{}], { '': null }, ['', 0, null, {}], { length: 5 }],
  JSON.parse('{"__proto__":{"isAdmin":true},"constructor":1,"toString":2}'),
  nested(200),
];

function nested(depth: number): unknown {
  let value: unknown = 'bottom';
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** A place in a value: what holds it, and by which key. */
interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

function placesIn(value: unknown, found: Place[] = []): Place[] {
  if (typeof value !== 'object' || value === null) return found;
  const holder = value as Record<string, unknown>;
  for (const key of Object.keys(holder)) {
    found.push({ holder, key });
    // What an edit has put there may be deep.
    if (found.length < 400) placesIn(holder[key], found);
  }
  return found;
}

const jsonEdits: ReadonlyArray<(place: Place, value: number) => void> = [
  ({ holder, key }, value) =>
    put(holder, key, structuredClone(oddValues[value % oddValues.length])),
  ({ holder, key }) => delete holder[key],
  ({ holder, key }, value) => {
    const list = holder[key];
    if (Array.isArray(list))
      holder[key] = Array(value & 63)
        .fill(list)
        .flat();
  },
  ({ holder, key }) => put(holder, key, [holder[key]]),
  ({ holder, key }, value) => {
    put(holder, ['__proto__', '', 'x', '\ud800', `${key}\0`][value % 5] ?? '', holder[key]);
    delete holder[key];
  },
];

/** As JSON.parse would: also a member of the name `__proto__`. */
function put(holder: object, key: string, value: unknown): void {
  Object.defineProperty(holder, key, {
    ...{ value, enumerable: true, configurable: true, writable: true },
  });
}

const edits: fc.Arbitrary<JsonEdit[]> = fc.array(
  fc.tuple(fc.nat(jsonEdits.length - 1), fc.nat(0xffff), fc.nat(0xffff)),
  { maxLength: 4 },
);

/** One of these values as JSON could carry it, changed in up to four places; a value of its own each time. */
export function editedJson(valid: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc.tuple(fc.constantFrom(...valid), edits).map(([value, list]) => {
    const whole = { value: structuredClone(value) };
    for (const [kind, place, odd] of list) {
      const places = placesIn(whole);
      const chosen = places[place % places.length];
      if (chosen !== undefined) jsonEdits[kind]?.(chosen, odd);
    }
    return whole.value;
  });
}
