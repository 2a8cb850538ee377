import { type FSWatcher, statSync, watch } from 'node:fs';

/**
 * Watches the folder in which container runtimes keep the namespaces of sandboxes, so that a sandbox's beginning and
 * end are noticed at once. Only a hint: where it cannot be watched (no such folder yet, no inotify instances left), polling has to do.
 */
export class NetnsFolder implements Disposable {
  readonly #path: string;
  readonly #onChange: (name: string | null) => void;
  #watcher: FSWatcher | undefined;
  #inode = 0;

  /** @param onChange with a file's name after it came or went; often several times for one. */
  constructor(path: string, onChange: (name: string | null) => void) {
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
      const watcher = watch(this.#path, { persistent: false }, (_event, name) =>
        this.#onChange(name),
      );
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
