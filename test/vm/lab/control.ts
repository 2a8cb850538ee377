import type { Socket } from 'node:net';

/** What the guest says; init.c documents the protocol. */
export type GuestFrame =
  | { readonly verb: 'ready' }
  | { readonly verb: 'pid'; readonly id: number; readonly pid: number }
  | { readonly verb: 'out' | 'err'; readonly id: number; readonly bytes: Buffer }
  | { readonly verb: 'exit'; readonly id: number; readonly exitCode: number };

/** Frames that arrive on a control port, until it closes. */
export async function* readFrames(control: Socket): AsyncGenerator<GuestFrame> {
  let buffered: Buffer = Buffer.alloc(0);
  for await (const chunk of control as AsyncIterable<Buffer>) {
    buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk]);
    for (let taken = takeFrame(buffered); taken !== undefined; taken = takeFrame(buffered)) {
      buffered = taken.rest;
      yield taken.frame;
    }
  }
}

function takeFrame(buffered: Buffer): { frame: GuestFrame; rest: Buffer } | undefined {
  const lineEnd = buffered.indexOf('\n');
  if (lineEnd < 0) return undefined;
  const [verb = '', id, number] = buffered.toString('latin1', 0, lineEnd).split(' ');
  const start = lineEnd + 1;
  switch (verb) {
    case 'ready':
      return { frame: { verb }, rest: buffered.subarray(start) };
    case 'pid':
      return {
        frame: { verb, id: Number(id), pid: Number(number) },
        rest: buffered.subarray(start),
      };
    case 'exit':
      return {
        frame: { verb, id: Number(id), exitCode: Number(number) },
        rest: buffered.subarray(start),
      };
    case 'out':
    case 'err': {
      const end = start + Number(number);
      if (buffered.length < end) return undefined;
      return {
        frame: { verb, id: Number(id), bytes: buffered.subarray(start, end) },
        rest: buffered.subarray(end),
      };
    }
    default:
      throw new Error(`The guest said "${verb} ${id} ${number}", which is not in the protocol`);
  }
}

/** Longest script that the guest takes, in bytes: an argument of execve has at most 128 KiB. */
export const maxScriptBytes = 120 * 1024;

/** Asks the guest to run `script`, which the answers name by `id`. */
export function writeRun(control: Socket, id: number, script: string): void {
  const bytes = Buffer.from(script);
  if (bytes.length > maxScriptBytes)
    throw new RangeError(`A script of ${bytes.length} bytes is too long: put it in a file`);
  control.write(Buffer.concat([Buffer.from(`run ${id} ${bytes.length}\n`), bytes]));
}

/** Asks the guest to send a signal to the process group of command `id`. */
export function writeSignal(control: Socket, id: number, signal: number): void {
  control.write(`signal ${id} ${signal}\n`);
}

/** Sets the guest's clock to the host's, and `aheadMs` more. */
export function writeClock(control: Socket, aheadMs: number): void {
  control.write(`clock 0 ${(Date.now() + aheadMs) * 1_000}\n`);
}
