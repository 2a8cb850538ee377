/**
 * What came up in a session, one sentence each: it only grows, since a client that has seen some asks for the rest by their
 * number.
 */
export class SessionNotices {
  readonly #texts: string[] = [];
  readonly #subjects = new Set<string>();

  get texts(): readonly string[] {
    return this.#texts;
  }

  /** Once for each subject: a later sentence about it is not told. */
  tell(subject: string, text: string): void {
    if (this.#subjects.has(subject)) return;
    this.#subjects.add(subject);
    this.#texts.push(text);
  }
}
