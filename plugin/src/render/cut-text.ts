/** Of a name that ends in what tells it from others, such as a Deployment's pods: `-x2x7k`. */
const MAX_TAIL = 6;

/** `text` in at most `width` characters, with `~` where something is missing. */
export function cutStart(text: string, width: number): string {
  return text.length <= width ? text : `~${text.slice(text.length + 1 - width)}`;
}

export function cutEnd(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}~`;
}

/** Keeps the beginning and the end: `check~-x2x7k`. */
export function cutMiddle(text: string, width: number): string {
  if (text.length <= width) return text;
  const tail = Math.min(MAX_TAIL, (width - 1) >> 1);
  return `${text.slice(0, width - 1 - tail)}~${text.slice(text.length - tail)}`;
}
