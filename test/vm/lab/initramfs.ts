import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Kernel } from './kernel.ts';

const run = promisify(execFile);
const source = join(import.meta.dirname, 'init.c');

/** What must be loaded to mount the host's root and to hear the host; built in on some kernels. */
const modulesForRoot = ['virtio_pci', 'virtio_console', 'virtiofs', 'overlay'];

interface Entry {
  readonly name: string;
  /** File type and permissions, as in `struct stat`. */
  readonly mode: number;
  readonly content: Buffer;
}

const directoryMode = 0o040755;
const fileMode = 0o100644;
const programMode = 0o100755;

/** Path of the initramfs for `kernel`, built when neither it nor init.c has been seen before. */
export async function getInitramfs(kernel: Kernel): Promise<string> {
  const folder = join(kernel.cache, 'initramfs');
  const version = createHash('sha256')
    .update(await readFile(source))
    .update(modulesForRoot.join())
    .digest('hex')
    .slice(0, 12);
  const path = join(folder, `${kernel.release}-${version}.cpio`);
  if (existsSync(path)) return path;
  await mkdir(folder, { recursive: true });
  // Two test runs may build it at once: each writes its own file, and the last rename wins.
  const staging = `${path}.${process.pid}`;
  await writeFile(
    staging,
    archive([await compileInit(`${staging}.init`), ...(await readModules(kernel))]),
  );
  await rename(staging, path);
  return path;
}

async function compileInit(output: string): Promise<Entry> {
  await run('gcc', [
    '-std=gnu11',
    '-O2',
    '-static',
    '-Wall',
    '-Wextra',
    '-Werror',
    '-o',
    output,
    source,
  ]);
  const content = await readFile(output);
  await run('rm', [output]);
  return { name: 'init', mode: programMode, content };
}

/** The modules unpacked, and a list that names them in the order in which they can be loaded. */
async function readModules(kernel: Kernel): Promise<Entry[]> {
  const root = resolve(kernel.modules, '../../..');
  const paths = new Set<string>();
  for (const name of modulesForRoot) {
    const { stdout } = await run('modprobe', [
      '-d',
      root,
      '-S',
      kernel.release,
      '--show-depends',
      name,
    ]);
    for (const [, path] of stdout.matchAll(/^insmod (\S+)/gm))
      if (path !== undefined) paths.add(path);
  }
  const modules = await Promise.all(
    [...paths].map(async (path) => ({
      name: `modules/${basename(path).replace(/\.(xz|zst)$/, '')}`,
      mode: fileMode,
      content: await decompress(path),
    })),
  );
  const order = modules.map(({ name }) => `${basename(name)}\n`).join('');
  return [
    { name: 'modules', mode: directoryMode, content: Buffer.alloc(0) },
    { name: 'modules/order', mode: fileMode, content: Buffer.from(order) },
    ...modules,
  ];
}

async function decompress(path: string): Promise<Buffer> {
  const tool = path.endsWith('.xz') ? 'xz' : path.endsWith('.zst') ? 'zstd' : undefined;
  if (tool === undefined) return readFile(path);
  const { stdout } = await run(tool, ['-dc', path], {
    encoding: 'buffer',
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}

/** The "newc" cpio format that the kernel unpacks: Linux Documentation/driver-api/early-userspace/buffer-format.rst. */
function archive(entries: readonly Entry[]): Buffer {
  const end = { name: 'TRAILER!!!', mode: 0, content: Buffer.alloc(0) };
  return Buffer.concat(
    [...entries, end].flatMap(({ name, mode, content }, index) => {
      const links = mode === directoryMode ? 2 : 1;
      // ino, mode, uid, gid, nlink, mtime, filesize, devmajor, devminor, rdevmajor, rdevminor, namesize, check
      const fields = [
        index + 1,
        mode,
        0,
        0,
        links,
        0,
        content.length,
        0,
        0,
        0,
        0,
        name.length + 1,
        0,
      ];
      const header = `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}${name}\0`;
      return [padded(Buffer.from(header)), padded(content)];
    }),
  );
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
}
