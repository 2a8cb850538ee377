import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** f_type of overlayfs (linux/magic.h), on which there can be no overlay. */
const overlayMagic = 0x794c7630;

/** The base and one build of the agent's image take 4 GiB; another build, of which most is from the cache, 0.5. */
const maxStoreBytes = 6 * 1024 ** 3;

/** buildah with a store of its own in the cache. It builds as root without a daemon, and pulls nothing: no registry is there. */
export class Buildah {
  /** Path of the folder with the store and what is made of it. */
  readonly folder: string;
  readonly #global: readonly string[];

  private constructor(folder: string, driver: string) {
    this.folder = folder;
    this.#global = [
      ...['--storage-driver', driver, '--root', join(folder, 'store')],
      // What of it is mounted at the moment, which is for a file system that a reboot empties.
      ...['--runroot', join('/run/pwru', folder)],
    ];
  }

  /** @param cache path of the cache's folder */
  static async open(cache: string): Promise<Buildah> {
    const folder = join(cache, 'images');
    await mkdir(folder, { recursive: true });
    const { type } = await statfs(folder);
    return new Buildah(folder, type === overlayMagic ? 'vfs' : 'overlay');
  }

  /**
   * Runs a command that mounts what it works on, alone in this store.
   * @returns what it wrote to stdout
   * @throws Error with the end of what it wrote when it fails
   */
  async run(command: string, args: readonly string[]): Promise<string> {
    // Its mounts are in a namespace of its own, and so go with it when it is killed. Two such would not see each other's mounts.
    const isolated = ['unshare', '--mount', '--propagation', 'private'];
    return runTied([...this.#alone, ...isolated, 'buildah', ...this.#global, command, ...args]);
  }

  /** @returns whether the store has an image of this name */
  async has(name: string): Promise<boolean> {
    const images = ['images', '-q', '-f', `reference=${name}`];
    return (await runTied(['buildah', ...this.#global, ...images])) !== '';
  }

  /** Empties the store when it has become too big: steps are done again then, and images made again. */
  async bound(): Promise<void> {
    const store = join(this.folder, 'store');
    const sizeOf = ['sh', '-c', 'du -s -B1 "$1" 2>/dev/null | cut -f1', 'sh', store];
    if (Number(await runTied(sizeOf)) < maxStoreBytes) return;
    await runTied([...this.#alone, 'rm', '-rf', '--one-file-system', store]);
  }

  get #alone(): string[] {
    // In place of itself, so that the end of this process is the end of the command, too.
    return ['flock', '--no-fork', join(this.folder, 'lock')];
  }
}

/** Runs a program that dies with this process. @returns what it wrote to stdout */
async function runTied(command: readonly string[]): Promise<string> {
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, BUILDAH_ISOLATION: 'chroot' },
  });
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  if (exitCode !== 0)
    throw new Error(
      `${command.join(' ')} ended with exit code ${exitCode}\n${`${stdout}${stderr}`.slice(-4_096)}`,
    );
  return stdout;
}
