const waiting: Array<() => void> = [];

/**
 * Resolves in a turn of the event loop that nobody else who asked has. What clients ask for at the same time is done piece by
 * piece, each of them in its own turn: between two of them rings are read and others are answered.
 */
export function ownTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(giveTurn);
  });
}

function giveTurn(): void {
  waiting[0]?.();
  waiting.shift();
  // One that is set here is for the next turn.
  if (waiting.length > 0) setImmediate(giveTurn);
}
