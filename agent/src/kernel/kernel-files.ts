import { join } from 'node:path';
import { PwruError } from '../core/errors.ts';
import { explainUnreadable } from '../core/refusal/explain-refusal.ts';
import type { KallsymsText } from '../core/symbols/kallsyms-text.ts';
import { readKallsyms } from './read-kallsyms.ts';
import { readKernelFile } from './read-kernel-file.ts';
import { readRestrictions } from './restrictions.ts';

/** What a kernel file is needed for, and what it means when it is not there. */
interface KernelFile {
  /** Paths from the root, tried in this order. */
  readonly paths: readonly string[];
  /** Kernel option without which there is no such file. */
  readonly option: string;
  readonly absence: string;
  /** What it has on most machines, at most: room for those that do not tell their size. */
  readonly usualBytes: number;
}

const SMALL_BYTES = 64 << 10;
const LARGE_BYTES = 8 << 20;

const vmlinuxBtf: KernelFile = {
  paths: ['sys/kernel/btf/vmlinux'],
  option: 'CONFIG_DEBUG_INFO_BTF',
  absence: 'kernel built without CONFIG_DEBUG_INFO_BTF',
  usualBytes: LARGE_BYTES,
};

const kallsyms: KernelFile = {
  paths: ['proc/kallsyms'],
  option: 'CONFIG_KALLSYMS',
  absence: 'kernel built without CONFIG_KALLSYMS',
  usualBytes: LARGE_BYTES,
};

const kprobeBlacklist: KernelFile = {
  paths: ['sys/kernel/debug/kprobes/blacklist'],
  option: 'debugfs',
  absence: 'debugfs is not mounted, or kernel built without CONFIG_KPROBES',
  usualBytes: SMALL_BYTES,
};

/** tracefs has its own mount point since Linux 4.1 and shows up below debugfs until 6.16. */
const traceDirectories = ['sys/kernel/tracing', 'sys/kernel/debug/tracing'];

const traceableWithAddresses: KernelFile = {
  paths: traceDirectories.map((directory) => `${directory}/available_filter_functions_addrs`),
  option: 'Linux 6.5',
  absence: 'kernel older than 6.5',
  usualBytes: LARGE_BYTES,
};

const traceable: KernelFile = {
  paths: traceDirectories.map((directory) => `${directory}/available_filter_functions`),
  option: 'tracefs',
  absence: 'tracefs is not mounted, or kernel built without CONFIG_DYNAMIC_FTRACE',
  usualBytes: LARGE_BYTES,
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
      usualBytes: SMALL_BYTES,
    });
  }

  /**
   * Text of /proc/kallsyms, 5 to 20 MB.
   * @param known of an earlier read: the object of vmlinux's part is the same again as long as that part is.
   */
  kallsyms(known?: KallsymsText): Promise<KallsymsText> {
    return this.#readBy(kallsyms, (path) => readKallsyms(path, kallsyms.usualBytes, known));
  }

  /** What ftrace can trace: with addresses from Linux 6.5 on, without before. */
  async traceableFunctions(): Promise<{ readonly text: string; readonly addresses: boolean }> {
    const bytes = await this.#readIfPresent(traceableWithAddresses);
    if (bytes !== undefined) return { text: textOf(bytes), addresses: true };
    return { text: textOf(await this.#read(traceable)), addresses: false };
  }

  /** Text of kprobes/blacklist; undefined when debugfs is not mounted. */
  async kprobeBlacklist(): Promise<string | undefined> {
    const bytes = await this.#readIfPresent(kprobeBlacklist);
    return bytes === undefined ? undefined : textOf(bytes);
  }

  /** Text of /proc/modules; empty when the kernel has no modules. */
  async loadedModules(): Promise<string> {
    const bytes = await this.#readIfPresent({
      paths: ['proc/modules'],
      option: 'CONFIG_MODULES',
      absence: 'kernel built without CONFIG_MODULES',
      usualBytes: SMALL_BYTES,
    });
    return bytes === undefined ? '' : textOf(bytes);
  }

  /** Value of kernel.kptr_restrict; undefined when it cannot be read. */
  async kptrRestrict(): Promise<number | undefined> {
    const path = 'proc/sys/kernel/kptr_restrict';
    const file = { paths: [path], option: path, absence: path, usualBytes: SMALL_BYTES };
    const bytes = await this.#readIfPresent(file).catch(() => undefined);
    return bytes === undefined ? undefined : Number.parseInt(textOf(bytes), 10);
  }

  #read(file: KernelFile): Promise<Buffer> {
    return this.#readBy(file, (path) => readKernelFile(path, file.usualBytes));
  }

  #readIfPresent(file: KernelFile): Promise<Buffer | undefined> {
    return this.#readIfPresentBy(file, (path) => readKernelFile(path, file.usualBytes));
  }

  async #readBy<T>(file: KernelFile, read: (path: string) => Promise<T>): Promise<T> {
    const content = await this.#readIfPresentBy(file, read);
    if (content !== undefined) return content;
    const text = `no such file (${file.absence})`;
    throw new PwruError('KERNEL_FEATURE_MISSING', `Cannot read ${this.#names(file)}: ${text}`, {
      subject: file.option,
      refusal: { cause: file.option === 'tracefs' ? 'tracefs' : 'kernel', text: file.absence },
    });
  }

  async #readIfPresentBy<T>(
    file: KernelFile,
    read: (path: string) => Promise<T>,
  ): Promise<T | undefined> {
    for (const path of file.paths) {
      try {
        return await read(join(this.#root, path));
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
      const refusal = explainUnreadable(errno, readRestrictions());
      const why = refusal === undefined ? errno : `${errno} (${refusal.text})`;
      return new PwruError('PRIVILEGE_MISSING', `Cannot read ${name}: ${why}`, {
        ...{ subject: name, cause },
        ...(refusal === undefined ? {} : { refusal }),
      });
    }
    return new PwruError('SYSTEM', `Cannot read ${name}: ${errno}`, { subject: name, cause });
  }
}

/** Names of symbols and modules are ASCII. */
function textOf(bytes: Buffer): string {
  return bytes.toString('latin1');
}

function errnoOf(thrown: unknown): string {
  if (thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string')
    return thrown.code;
  return String(thrown);
}
