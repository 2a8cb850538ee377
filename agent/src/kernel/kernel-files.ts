import { join } from 'node:path';
import { PwruError } from '../core/errors.ts';
import { readKernelFile } from './read-kernel-file.ts';

/** What a kernel file is needed for, and what it means when it is not there. */
interface KernelFile {
  /** Paths from the root, tried in this order. */
  readonly paths: readonly string[];
  /** Kernel option without which there is no such file. */
  readonly option: string;
  readonly absence: string;
}

const vmlinuxBtf: KernelFile = {
  paths: ['sys/kernel/btf/vmlinux'],
  option: 'CONFIG_DEBUG_INFO_BTF',
  absence: 'kernel built without CONFIG_DEBUG_INFO_BTF',
};

const kallsyms: KernelFile = {
  paths: ['proc/kallsyms'],
  option: 'CONFIG_KALLSYMS',
  absence: 'kernel built without CONFIG_KALLSYMS',
};

const kprobeBlacklist: KernelFile = {
  paths: ['sys/kernel/debug/kprobes/blacklist'],
  option: 'debugfs',
  absence: 'debugfs is not mounted, or kernel built without CONFIG_KPROBES',
};

/** tracefs has its own mount point since Linux 4.1 and shows up below debugfs until 6.16. */
const traceDirectories = ['sys/kernel/tracing', 'sys/kernel/debug/tracing'];

const traceableWithAddresses: KernelFile = {
  paths: traceDirectories.map((directory) => `${directory}/available_filter_functions_addrs`),
  option: 'Linux 6.5',
  absence: 'kernel older than 6.5',
};

const traceable: KernelFile = {
  paths: traceDirectories.map((directory) => `${directory}/available_filter_functions`),
  option: 'tracefs',
  absence: 'tracefs is not mounted, or kernel built without CONFIG_DYNAMIC_FTRACE',
};

/** Error numbers that mean that there is no such file. */
const absent = new Set(['ENOENT', 'ENOTDIR']);

/**
 * The files in which the running kernel describes its functions. Only reads; keeps nothing.
 * Each method throws PwruError KERNEL_FEATURE_MISSING when the kernel has no such file, PRIVILEGE_MISSING when the
 * process may not read it, SYSTEM otherwise.
 */
export class KernelFiles {
  readonly #root: string;

  /** @param root directory that holds proc and sys. */
  constructor(root = '/') {
    this.#root = root;
  }

  /** The BTF of vmlinux, about 6 MB. */
  vmlinuxBtf(): Promise<Uint8Array> {
    return this.#read(vmlinuxBtf);
  }

  /** Split BTF of a module; undefined when it has none. */
  moduleBtf(module: string): Promise<Uint8Array | undefined> {
    return this.#readIfPresent({
      paths: [`sys/kernel/btf/${module}`],
      option: 'CONFIG_DEBUG_INFO_BTF_MODULES',
      absence: 'kernel built without CONFIG_DEBUG_INFO_BTF_MODULES',
    });
  }

  /** Text of /proc/kallsyms, 5 to 20 MB. */
  kallsyms(): Promise<Uint8Array> {
    return this.#read(kallsyms);
  }

  /** What ftrace can trace: with addresses from Linux 6.5 on, without before. */
  async traceableFunctions(): Promise<{ readonly text: Uint8Array; readonly addresses: boolean }> {
    const text = await this.#readIfPresent(traceableWithAddresses);
    if (text !== undefined) return { text, addresses: true };
    return { text: await this.#read(traceable), addresses: false };
  }

  /** Text of kprobes/blacklist; undefined when debugfs is not mounted. */
  async kprobeBlacklist(): Promise<string | undefined> {
    const text = await this.#readIfPresent(kprobeBlacklist);
    return text === undefined ? undefined : Buffer.from(text).toString('latin1');
  }

  /** Text of /proc/modules; empty when the kernel has no modules. */
  async loadedModules(): Promise<string> {
    const text = await this.#readIfPresent({
      paths: ['proc/modules'],
      option: 'CONFIG_MODULES',
      absence: 'kernel built without CONFIG_MODULES',
    });
    return text === undefined ? '' : Buffer.from(text).toString('latin1');
  }

  async #read(file: KernelFile): Promise<Uint8Array> {
    const text = await this.#readIfPresent(file);
    if (text !== undefined) return text;
    throw new PwruError(
      'KERNEL_FEATURE_MISSING',
      `Cannot read ${this.#names(file)}: no such file (${file.absence})`,
      {
        subject: file.option,
      },
    );
  }

  async #readIfPresent(file: KernelFile): Promise<Uint8Array | undefined> {
    for (const path of file.paths) {
      try {
        return await readKernelFile(join(this.#root, path));
      } catch (thrown) {
        const errno = errnoOf(thrown);
        if (!absent.has(errno)) throw this.#refused(path, errno, thrown);
      }
    }
    return undefined;
  }

  #names(file: KernelFile): string {
    return file.paths.map((path) => join(this.#root, path)).join(' or ');
  }

  #refused(path: string, errno: string, cause: unknown): PwruError {
    const name = join(this.#root, path);
    if (errno === 'EPERM' || errno === 'EACCES') {
      const why = `${errno} (root or CAP_SYS_ADMIN is missing, or kernel lockdown forbids it)`;
      return new PwruError('PRIVILEGE_MISSING', `Cannot read ${name}: ${why}`, {
        subject: name,
        cause,
      });
    }
    return new PwruError('SYSTEM', `Cannot read ${name}: ${errno}`, { subject: name, cause });
  }
}

function errnoOf(thrown: unknown): string {
  if (thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string')
    return thrown.code;
  return String(thrown);
}
