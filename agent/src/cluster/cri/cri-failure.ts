/** Kinds of trouble with the container runtime, a closed set: each is the label of a counter. */
export const criFailureKinds = [
  /** No socket, nobody behind it, or the connection broke. */
  'unavailable',
  /** No answer in time. */
  'timeout',
  /** The socket refuses this process. */
  'denied',
  /** It does not speak runtime.v1 or runtime.v1alpha2, for instance a containerd without its CRI plugin. */
  'unsupported',
  /** There is no sandbox with that id (any more). */
  'not-found',
  /** An answer that cannot be used. */
  'malformed',
  /** Any other error that it answered with. */
  'refused',
] as const;

export type CriFailureKind = (typeof criFailureKinds)[number];

/** Why asking the container runtime came to nothing. */
export class CriFailure extends Error {
  override readonly name = 'CriFailure';
  readonly kind: CriFailureKind;

  constructor(kind: CriFailureKind, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.kind = kind;
  }
}
