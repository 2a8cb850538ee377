import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { messageOf, PwruError } from '../core/errors.ts';

/** Where the node's own /run and /proc are, as this process sees them; undefined in a pod that was not given them. */
export interface NodeFolders {
  readonly run: string | undefined;
  readonly proc: string | undefined;
}

/** Of a process that is not in a pod. */
const ownFolders: NodeFolders = { run: '/run', proc: '/proc' };

/** NSFS_MAGIC, include/uapi/linux/magic.h. */
const nsfsMagic = 0x6e736673;

/**
 * A network namespace that a session traces. The open fd pins the namespace, and with it its inode number: while it is
 * open no other namespace can have that number.
 */
export class NetworkNamespace implements Disposable {
  readonly inode: number;
  /** What the user called it. */
  readonly label: string;
  readonly #fd: number;
  /** Of the nsfs, of which a kernel has one: tells a namespace from a file elsewhere with the same inode number. */
  readonly #device: number;
  #closed = false;

  private constructor(fd: number, label: string) {
    const { ino, dev } = fstatSync(fd);
    this.#fd = fd;
    this.#device = dev;
    this.inode = ino;
    this.label = label;
  }

  /**
   * Opens the node's `/run/netns/NAME`, as `ip netns add NAME` makes it.
   * @throws PwruError NOT_FOUND, PRIVILEGE_MISSING.
   */
  static named(name: string, { run } = ownFolders): NetworkNamespace {
    if (run === undefined) {
      throw notSeen(`network namespace "${name}" of the node`, '/run (--host-run)');
    }
    return NetworkNamespace.#open(
      `${run}/netns/${name}`,
      name,
      `Cannot find network namespace "${name}": no such name under ${run}/netns (see: ip netns list)`,
    );
  }

  /**
   * Opens the network namespace of a process of the node.
   * @throws PwruError NOT_FOUND, PRIVILEGE_MISSING.
   */
  static ofProcess(pid: number, { proc } = ownFolders): NetworkNamespace {
    if (proc === undefined) throw notSeen(`process ${pid} of the node`, '/proc (--host-proc)');
    return NetworkNamespace.#open(
      `${proc}/${pid}/ns/net`,
      `pid/${pid}`,
      `Cannot find process ${pid}`,
    );
  }

  /**
   * Opens what a path leads to, for instance a bind mount that a container runtime made, or `/proc/PID/ns/net`.
   * @throws PwruError NOT_FOUND, also for what is no network namespace; PRIVILEGE_MISSING, SYSTEM.
   */
  static at(path: string, label: string): NetworkNamespace {
    return NetworkNamespace.#open(path, label, `Cannot find network namespace ${path}`);
  }

  /** Whether the path leads to this namespace now. Opens nothing, so that it delays the end of no other namespace. */
  isAt(path: string): boolean {
    try {
      const { ino, dev } = statSync(path);
      return ino === this.inode && dev === this.#device;
    } catch {
      return false;
    }
  }

  static #open(path: string, label: string, missing: string): NetworkNamespace {
    let fd: number;
    try {
      // Not blocking: a path that somebody else names may be a FIFO.
      fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    } catch (thrown) {
      const code = (thrown as NodeJS.ErrnoException).code;
      if (code === 'ENOENT' || code === 'ESRCH') throw new PwruError('NOT_FOUND', missing);
      throw new PwruError(
        code === 'EACCES' || code === 'EPERM' ? 'PRIVILEGE_MISSING' : 'SYSTEM',
        `Cannot open network namespace ${path}: ${code ?? messageOf(thrown)}`,
        { cause: thrown },
      );
    }
    try {
      // Asked of the fd: the path may lead elsewhere by now. (Its link is not asked: it names the bind mount on Linux 6.1.)
      if (statfsSync(`/proc/self/fd/${fd}`).type !== nsfsMagic) {
        throw new PwruError('NOT_FOUND', `Cannot use ${path}: it is not a network namespace`);
      }
      return new NetworkNamespace(fd, label);
    } catch (failure) {
      closeSync(fd);
      throw failure;
    }
  }

  [Symbol.dispose](): void {
    if (this.#closed) return;
    this.#closed = true;
    closeSync(this.#fd);
  }
}

function notSeen(what: string, folder: string): PwruError {
  return new PwruError(
    'NOT_FOUND',
    `Cannot find ${what}: this agent does not see the node's ${folder}`,
  );
}

/** The name that `ip netns` gave to the network namespace with this inode number, of the node's; empty: none. Reads /run/netns. */
export function namedNamespace(inode: number, { run } = ownFolders): string {
  if (run === undefined) return '';
  const namedDirectory = `${run}/netns`;
  let names: string[];
  try {
    names = readdirSync(namedDirectory);
  } catch {
    return '';
  }
  return names.find((name) => inodeOf(`${namedDirectory}/${name}`) === inode) ?? '';
}

function inodeOf(path: string): number | undefined {
  try {
    return statSync(path).ino;
  } catch {
    return undefined;
  }
}
