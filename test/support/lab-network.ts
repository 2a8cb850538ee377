import { randomBytes } from 'node:crypto';
import type { TestMachine } from './machine.ts';
import { newNetns } from './new-netns.ts';

/** Network namespaces of one test, each with loopback up. Disposing it deletes them, and what is in them. */
export class LabNetwork<Name extends string> implements AsyncDisposable {
  readonly machine: TestMachine;
  readonly #id = randomBytes(3).toString('hex');
  readonly #names: readonly Name[];

  private constructor(machine: TestMachine, names: readonly Name[]) {
    this.machine = machine;
    this.#names = names;
  }

  /**
   * @param script makes what is in them; each namespace's name is in a shell variable of its short name.
   */
  static async create<Name extends string>(
    machine: TestMachine,
    names: readonly Name[],
    script: string,
  ): Promise<LabNetwork<Name>> {
    const network = new LabNetwork(machine, names);
    try {
      const add = names.map((name) => newNetns(`$${name}`));
      await network.run(`${add.join('\n')}\n${script}`);
    } catch (failure) {
      await network[Symbol.asyncDispose]();
      throw failure;
    }
    return network;
  }

  /** Name of the namespace on the machine. */
  netns(name: Name): string {
    return `pwru-${name}-${this.#id}`;
  }

  /** `netns/...` of each. */
  targets(...names: readonly Name[]): string {
    return names.map((name) => `netns/${this.netns(name)}`).join(' ');
  }

  /** Runs a script with the names as variables; in one of the namespaces when that is given. */
  run(script: string, inside?: Name): Promise<string> {
    const variables = this.#names.map((name) => `${name}=${this.netns(name)}`).join('; ');
    const text = `set -e; ${variables}\n${script}`;
    if (inside === undefined) return this.machine.mustRun(text);
    const quoted = text.replaceAll("'", String.raw`'\''`);
    return this.machine.mustRun(
      `nsenter --net=/run/netns/${this.netns(inside)} bash -c '${quoted}'`,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const names = this.#names.map((name) => this.netns(name));
    await this.machine.run(`for n in ${names.join(' ')}; do ip netns del $n; done`);
  }
}
