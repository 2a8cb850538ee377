const NEWLINE = 0x0a;
/** More than etcd can store of one object (1.5 MB), by far. */
const MAX_LINE_BYTES = 64 * 1024 * 1024;

/** Parses a body of one JSON value per line, as it comes. @throws SyntaxError, RangeError for a line without end */
export async function* jsonLines(body: AsyncIterable<Buffer>): AsyncGenerator<unknown, void, void> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  for await (const chunk of body) {
    let begin = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, begin)) {
      const line = Buffer.concat([...rest, chunk.subarray(begin, end)]).toString('utf8');
      rest = [];
      restBytes = 0;
      begin = end + 1;
      if (line.trim() !== '') yield JSON.parse(line);
    }
    const tail = chunk.subarray(begin);
    if (tail.length > 0) rest.push(tail);
    restBytes += tail.length;
    if (restBytes > MAX_LINE_BYTES)
      throw new RangeError(`A line of a watch is longer than ${MAX_LINE_BYTES} bytes`);
  }
}
