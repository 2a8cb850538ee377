/** What a parser made of its input. */
export type Outcome<T> = { readonly value: T } | { readonly thrown: unknown };

/** Either it gives a value or it throws. */
export function outcomeOf<T>(parse: () => T): Outcome<T> {
  try {
    return { value: parse() };
  } catch (thrown) {
    return { thrown };
  }
}

/** The value; undefined for an error of the kind that is known. Anything else that was thrown goes on. */
export function valueUnless<T>(
  parse: () => T,
  isKnown: (thrown: unknown) => boolean,
): T | undefined {
  try {
    return parse();
  } catch (thrown) {
    if (!isKnown(thrown)) throw thrown;
    return undefined;
  }
}
