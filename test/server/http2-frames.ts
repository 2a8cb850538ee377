import { frame } from './raw-http2.ts';

/** Bytes of HTTP/2 (RFC 9113) as no library sends them. */

export const clientPreface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

const types = { data: 0, headers: 1, resetStream: 3, settings: 4 } as const;
const END_HEADERS = 4;
const CANCEL = 8;

function http2Frame(
  type: keyof typeof types,
  flags: number,
  stream: number,
  payload: Buffer,
): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = types[type];
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

export const emptySettings = http2Frame('settings', 0, 0, Buffer.alloc(0));

/** A gRPC call's headers in HPACK (RFC 7541), none of them kept in the table. */
function grpcHeaders(path: string): Buffer {
  const text = (value: string) => Buffer.concat([Buffer.from([value.length]), Buffer.from(value)]);
  return Buffer.concat([
    // :method POST, :scheme http, then :path, :authority and content-type by the static table's names, te by its own.
    ...[Buffer.from([0x83, 0x86, 0x04]), text(path), Buffer.from([0x01]), text('localhost')],
    ...[Buffer.from([0x0f, 0x10]), text('application/grpc')],
    ...[Buffer.from([0x00]), text('te'), text('trailers')],
  ]);
}

/** Calls with one message each, all of which are reset as soon as they are open. @param path of less than 128 bytes */
export function resetCalls(path: string, message: Uint8Array, count: number): Buffer {
  const reset = Buffer.alloc(4);
  reset.writeUInt32BE(CANCEL);
  const headers = grpcHeaders(path);
  const frames = [clientPreface, emptySettings];
  for (let index = 0; index < count; index += 1) {
    const stream = 2 * index + 1;
    frames.push(
      http2Frame('headers', END_HEADERS, stream, headers),
      http2Frame('data', 0, stream, frame(message)),
      http2Frame('resetStream', 0, stream, reset),
    );
  }
  return Buffer.concat(frames);
}
