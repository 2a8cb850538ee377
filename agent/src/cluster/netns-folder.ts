import { type FSWatcher, statSync, watch } from 'node:fs';

/**
 * Watches the folder in which container runtimes keep the namespaces of sandboxes, so that a sandbox's end is noticed at once.
 * Only a hint: where it cannot be watched (no such folder yet, no inotify instances left), polling has to do.
 */
export class NetnsFolder implements Disposable {
  readonly #path: string;
  readonly #onChange: () => void;
  #watcher: FSWatcher | undefined;
  #inode = 0;

  /** @param onChange after a file came or went; often several times for one. */
  constructor(path: string, onChange: () => void) {
    this.#path = path;
    this.#onChange = onChange;
    this.ensure();
  }

  /** Watches the folder unless it does already; anew when the folder was replaced. To be called now and then. */
  ensure(): void {
    try {
      const { ino } = statSync(this.#path);
      if (this.#watcher !== undefined && ino === this.#inode) return;
      this[Symbol.dispose]();
      const watcher = watch(this.#path, { persistent: false }, this.#onChange);
      watcher.on('error', () => {
        watcher.close();
        this.#inode = 0;
      });
      this.#watcher = watcher;
      this.#inode = ino;
    } catch {
      this[Symbol.dispose]();
    }
  }

  [Symbol.dispose](): void {
    this.#watcher?.close();
    this.#watcher = undefined;
    this.#inode = 0;
  }
}
