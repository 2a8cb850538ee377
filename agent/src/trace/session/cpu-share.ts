import { getPriority, setPriority } from 'node:os';

/** nice(2): about 3 % of a CPU that others want, all of one that nobody does. */
const readingNiceness = 15;

/** Of this process' main thread. */
export interface Niceness {
  get(): number;
  /** @throws when the process may not */
  set(niceness: number): void;
}

const ownNiceness: Niceness = { get: getPriority, set: (niceness) => setPriority(niceness) };

/**
 * What this process takes of a CPU that others want. Reading events must not take it from what is traced: on a busy machine
 * they are lost, and counted, instead. A session that starts or ends is waited for, though; and a thread that is nice and
 * has to wait for a CPU inside an RCU read section holds up everyone who waits for a grace period, as attaching does.
 *
 * It takes CAP_SYS_NICE to be less nice again (setpriority(2)); without, the process stays nice once it was.
 */
export class CpuShare {
  readonly #niceness: Niceness;
  readonly #usual: number;
  #hurried = 0;
  #reading = 0;

  constructor(niceness = ownNiceness) {
    this.#niceness = niceness;
    this.#usual = niceness.get();
  }

  /** Of a session that starts or ends, until it is closed. Closing twice is harmless. */
  hurry(): Disposable {
    this.#hurried += 1;
    return this.#held(() => {
      this.#hurried -= 1;
    });
  }

  /** Of a session that only reads: the same. */
  read(): Disposable {
    this.#reading += 1;
    return this.#held(() => {
      this.#reading -= 1;
    });
  }

  #held(letGo: () => void): Disposable {
    let isOver = false;
    this.#apply();
    return {
      [Symbol.dispose]: () => {
        if (isOver) return;
        isOver = true;
        letGo();
        this.#apply();
      },
    };
  }

  #apply(): void {
    const givesWay = this.#reading > 0 && this.#hurried === 0;
    const niceness = givesWay ? Math.max(this.#usual, readingNiceness) : this.#usual;
    try {
      if (this.#niceness.get() !== niceness) this.#niceness.set(niceness);
    } catch {
      // It may not: it goes on as it is.
    }
  }
}
