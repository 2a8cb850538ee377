/** How parts of the output stand out. */
export interface Style {
  header(text: string): string;
  drop(text: string): string;
}

export const plainStyle: Style = { header: (text) => text, drop: (text) => text };

/** SGR sequences of ECMA-48: bold, and red. */
export const colourStyle: Style = {
  header: (text) => `\x1b[1m${text}\x1b[0m`,
  drop: (text) => `\x1b[31m${text}\x1b[0m`,
};

/** Colour on a terminal only, and not where NO_COLOR (https://no-color.org) or TERM=dumb forbid it. */
export function styleFor(isTerminal: boolean, environment: NodeJS.ProcessEnv): Style {
  const forbidden = (environment['NO_COLOR'] ?? '') !== '' || environment['TERM'] === 'dumb';
  return isTerminal && !forbidden ? colourStyle : plainStyle;
}
