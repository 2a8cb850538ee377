// node tools/vm.mjs KERNEL [--icount] [--cpus N] [--memory MIB] -- COMMAND...
// Boots KERNEL (6.12, 6.1, 5.10, newest) with this machine's root, runs COMMAND (one bash script) and ends with its exit code.
import { parseArgs } from 'node:util';
import { tsImport } from 'tsx/esm/api';

const usage = "usage: node tools/vm.mjs KERNEL [--icount] [--cpus N] [--memory MIB] -- 'COMMAND'";

async function main() {
  const separator = process.argv.indexOf('--');
  if (separator < 0 || separator === process.argv.length - 1) throw new Error(usage);
  const { values, positionals } = parseArgs({
    args: process.argv.slice(2, separator),
    allowPositionals: true,
    options: { icount: { type: 'boolean' }, cpus: { type: 'string' }, memory: { type: 'string' } },
  });
  const [kernel] = positionals;
  if (kernel === undefined) throw new Error(usage);
  const { bootGuest } = await tsImport('../test/vm/lab/guest.ts', import.meta.url);
  const guest = await bootGuest({
    kernel,
    icount: values.icount,
    cpus: values.cpus && Number(values.cpus),
    memoryMib: values.memory && Number(values.memory),
  });
  try {
    const child = await guest.start(process.argv.slice(separator + 1).join(' '));
    child.forward({ stdout: process.stdout, stderr: process.stderr });
    process.once('SIGINT', () => child.signal('SIGINT'));
    const { exitCode } = await child.wait({ timeoutMs: 24 * 3600 * 1000 });
    process.exitCode = exitCode;
  } finally {
    await guest[Symbol.asyncDispose]();
  }
}

main().catch((failure) => {
  console.error(failure.message);
  process.exitCode = 125;
});
