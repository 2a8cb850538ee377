import { ApiFailure } from './api-failure.ts';
import { parseJson } from './api-request.ts';

const newline = 0x0a;

/**
 * The values of a stream with one JSON text per line. A last line without an end is not a value: the stream was cut in it.
 * @param maxLineBytes an object of the API has at most 1.5 MiB in etcd
 * @throws ApiFailure malformed; what the stream throws
 */
export async function* jsonLines(
  chunks: AsyncIterable<Buffer>,
  maxLineBytes: number,
): AsyncGenerator<unknown, void> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      parts.push(chunk.subarray(start, end));
      const line = parts.length === 1 ? parts[0] : Buffer.concat(parts);
      parts = [];
      length = 0;
      start = end + 1;
      if (line !== undefined && line.length > 0) yield parseJson(line);
    }
    length += chunk.length - start;
    if (length > maxLineBytes) {
      throw new ApiFailure('malformed', `A line of the watch exceeds ${maxLineBytes} bytes`);
    }
    if (start < chunk.length) parts.push(chunk.subarray(start));
  }
}
