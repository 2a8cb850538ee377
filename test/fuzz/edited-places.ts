import fc from 'fast-check';

/** Changes what is at a place; `value`, of 16 bits, says how. */
export type Edit<T> = (edited: T, at: number, value: number) => T;

const PLACES = 0x1_0000;

/** What is valid, changed in up to five places: where, as a share of its length, by which edit, and how. */
export function editedPlaces<T extends { readonly length: number }>(
  valid: fc.Arbitrary<T>,
  edits: ReadonlyArray<Edit<T>>,
): fc.Arbitrary<T> {
  const places = fc.array(fc.tuple(fc.nat(edits.length - 1), fc.nat(PLACES - 1), fc.nat(0xffff)), {
    maxLength: 5,
  });
  return fc.tuple(valid, places).map(([whole, list]) =>
    list.reduce((edited, [kind, place, value]) => {
      const at = Math.floor((place / PLACES) * (edited.length + 1));
      return edits[kind]?.(edited, at, value) ?? edited;
    }, whole),
  );
}
