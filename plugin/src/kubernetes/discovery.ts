import { KubeError, type ResourceKind } from './kube-api.ts';
import { groupPath } from './resource-path.ts';
import type { ServerConnection } from './server-connection.ts';

interface ResourceList {
  readonly resources?: ReadonlyArray<{ readonly name: string }> | null;
}

/** Which kinds a server has. Each group is asked for once; what failed is asked for again. */
export class Discovery {
  readonly #connection: ServerConnection;
  /** Plural names by group path. */
  readonly #groups = new Map<string, Promise<ReadonlySet<string>>>();

  constructor(connection: ServerConnection) {
    this.#connection = connection;
  }

  /** @throws KubeError */
  async serves(kind: ResourceKind): Promise<boolean> {
    const path = groupPath(kind);
    let group = this.#groups.get(path);
    if (group === undefined) {
      group = this.#read(path);
      this.#groups.set(path, group);
      group.catch(() => this.#groups.delete(path));
    }
    return (await group).has(kind.plural);
  }

  async #read(path: string): Promise<ReadonlySet<string>> {
    try {
      const { resources } = await this.#connection.ask<ResourceList>({ method: 'GET', path });
      return new Set((resources ?? []).map(({ name }) => name));
    } catch (thrown) {
      if (thrown instanceof KubeError && thrown.status === 404) return new Set();
      throw thrown;
    }
  }
}
