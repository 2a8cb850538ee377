// node tools/setup/kernels.mjs NAME: fetches Debian's cloud kernel NAME (6.12, 6.1, 5.10, newest) into the cache, unless it is there,
// and prints where it is as JSON. The packages are unpacked, never installed.
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { otherSuite, ownSources, searchPackages, unpackPackages } from './apt.mjs';
import { cacheFolder, makeCacheFolder, rerunLocked } from './cache.mjs';
import { runMain, SetupError, say } from './say.mjs';

/** Suites to look in beside the machine's own, in order. Anything not named here is new: it is in backports or unstable. */
const suitesByKernel = {
  '5.10': ['bullseye-security', 'bullseye'],
  6.1: ['bookworm-security', 'bookworm'],
  6.12: ['bookworm-security', 'bookworm-backports', 'trixie-security', 'trixie'],
};
const suitesOfNewKernels = ['trixie-backports', 'sid'];

/**
 * Where kernel `name` is in the cache, or undefined.
 * @returns {{ name: string, release: string, vmlinux: string, modules: string, config: string, cache: string } | undefined}
 */
export function findKernel(name) {
  const link = join(cacheFolder('kernels'), name);
  if (!existsSync(link)) return undefined;
  const release = readlinkSync(link);
  const folder = join(cacheFolder('kernels'), release);
  return {
    name,
    release,
    vmlinux: join(folder, 'vmlinux'),
    modules: join(folder, 'lib/modules', release),
    config: join(folder, 'config'),
    cache: cacheFolder(),
  };
}

/** Fetches kernel `name` into the cache unless it is there. */
export function ensureKernel(name) {
  if (!/^(newest|\d+\.\d+)$/.test(name)) {
    throw new SetupError(`"${name}" is not a kernel: say a series such as 6.12, or newest`);
  }
  const found = findKernel(name);
  if (found !== undefined) return found;
  const { source, release } = name === 'newest' ? newestPackage() : firstPackage(name);
  const kernels = cacheFolder('kernels');
  if (!existsSync(join(kernels, release))) {
    say(`fetching Linux ${release} from ${source.name}`);
    makeCacheFolder(`kernels/${release}`, (folder) => unpackKernel(source, release, folder));
  }
  rmSync(join(kernels, name), { force: true });
  symlinkSync(release, join(kernels, name));
  return findKernel(name);
}

function firstPackage(series) {
  for (const source of sourcesOf(suitesByKernel[series] ?? suitesOfNewKernels)) {
    const [release] = releasesIn(source, `${series.replace('.', '\\.')}\\.`);
    if (release !== undefined) return { source, release };
  }
  throw new SetupError(
    `there is no cloud kernel ${series} in the Debian suites that this machine's mirror has`,
  );
}

function newestPackage() {
  const found = [...sourcesOf(suitesOfNewKernels)].flatMap((source) =>
    releasesIn(source, '[0-9]').map((release) => ({ source, release })),
  );
  found.sort((a, b) => byVersion(b.release, a.release));
  if (found.length === 0)
    throw new SetupError('there is no cloud kernel in the Debian suites of this machine');
  return found[0];
}

function* sourcesOf(suites) {
  yield ownSources();
  for (const suite of suites) {
    const source = otherSuite(suite);
    if (source !== undefined) yield source;
  }
}

/** Releases (`6.12.117+deb12-cloud-amd64`) of cloud kernels in `source`, newest first. */
function releasesIn(source, versionPattern) {
  source.prepare();
  return searchPackages(source, `^linux-image-${versionPattern}.*-cloud-amd64$`)
    .map((name) => name.slice('linux-image-'.length))
    .filter((release) => /^\d+\.\d+\.\d+/.test(release))
    .sort((a, b) => byVersion(b, a));
}

function byVersion(a, b) {
  return a.localeCompare(b, 'en', { numeric: true });
}

function unpackKernel(source, release, folder) {
  // Since 6.19 linux-image-* is empty and the parts are packages of their own.
  const pattern = `^linux-(image|base|binary|modules)-${release.replaceAll(/[.+]/g, '\\$&')}$`;
  unpackPackages(source, searchPackages(source, pattern), folder);
  // Packages of Debian 13 and later have everything below /usr.
  if (existsSync(join(folder, 'usr/lib/modules'))) symlinkSync('usr/lib', join(folder, 'lib'));
  const vmlinuz = findFile(folder, [`boot/vmlinuz-${release}`, `lib/modules/${release}/vmlinuz`]);
  writeFileSync(join(folder, 'vmlinux'), extractVmlinux(readFileSync(vmlinuz)));
  copyFileSync(
    findFile(folder, [`boot/config-${release}`, `lib/modules/${release}/config`]),
    join(folder, 'config'),
  );
  mustRun('depmod', ['-b', folder, release]);
}

/** The first of `places` that the packages have filled: newer ones keep everything with the modules. */
function findFile(folder, places) {
  const found = places.map((place) => join(folder, place)).find(existsSync);
  if (found === undefined) {
    throw new SetupError(`the kernel's packages have no ${places.join(' or ')}`);
  }
  return found;
}

/**
 * The ELF kernel inside a bzImage: it boots 3 s sooner under emulation than unpacking itself.
 * Offsets: Linux Documentation/arch/x86/boot.rst, setup_sects, payload_offset and payload_length.
 */
export function extractVmlinux(bzImage) {
  const setupSectors = bzImage[0x1f1];
  const start = (setupSectors + 1) * 512 + bzImage.readUInt32LE(0x248);
  const payload = bzImage.subarray(start, start + bzImage.readUInt32LE(0x24c));
  const elf = decompress(payload);
  if (elf.toString('latin1', 1, 4) !== 'ELF')
    throw new SetupError('the kernel image does not unpack to an ELF file');
  return elf;
}

function decompress(payload) {
  const magic = payload.readUInt32BE(0);
  // The kernel's build appends the unpacked size, 4 bytes, to formats that do not carry it.
  const sized = payload.subarray(0, -4);
  if (magic === 0x28b52ffd) return mustRun('zstd', ['-dcf'], sized);
  if (magic === 0x02214c18) return mustRun('lz4', ['-dcf'], sized);
  if (magic === 0xfd377a58) return mustRun('xz', ['-dc', '--single-stream'], payload);
  if (magic >>> 16 === 0x1f8b) return gunzipSync(sized);
  throw new SetupError(`the kernel image has an unknown compression (magic ${magic.toString(16)})`);
}

function mustRun(command, args, input) {
  const child = spawnSync(command, args, { input, maxBuffer: 1024 * 1024 * 1024 });
  if (child.status !== 0)
    throw new SetupError(`${command} failed: ${child.error?.message ?? child.stderr}`);
  return child.stdout;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  runMain(() => {
    const name = process.argv[2] ?? '';
    const kernel = findKernel(name);
    const exitCode = kernel === undefined ? rerunLocked() : undefined;
    if (exitCode === undefined) console.log(JSON.stringify(kernel ?? ensureKernel(name)));
    else process.exitCode = exitCode;
  });
}
