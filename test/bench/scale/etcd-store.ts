/** One key of etcd with its value. */
export interface StoredValue {
  readonly key: string;
  readonly value: Buffer;
}

/** etcd's limit, --max-txn-ops. */
const putsPerTransaction = 128;
/** How many transactions are under way. */
const parallel = 4;

/** etcd's JSON gateway: https://etcd.io/docs/v3.4/dev-guide/api_grpc_gateway/ */
export class EtcdStore {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** @throws Error when there is none */
  async get(key: string): Promise<Buffer> {
    const { kvs } = await this.#ask<{ kvs?: Array<{ value: string }> }>('kv/range', {
      key: base64(key),
    });
    const value = kvs?.[0]?.value;
    if (value === undefined) throw new Error(`etcd has no ${key}`);
    return Buffer.from(value, 'base64');
  }

  /** Stores `count` values, each made when its turn comes. */
  async putAll(count: number, make: (index: number) => StoredValue): Promise<void> {
    let next = 0;
    const putSome = async () => {
      while (next < count) {
        const end = Math.min(count, next + putsPerTransaction);
        const success = [];
        for (; next < end; next++) {
          const { key, value } = make(next);
          success.push({ requestPut: { key: base64(key), value: value.toString('base64') } });
        }
        await this.#ask('kv/txn', { success });
      }
    };
    await Promise.all(Array.from({ length: parallel }, putSome));
  }

  async #ask<T>(path: string, body: object): Promise<T> {
    const response = await fetch(`${this.#url}/v3/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`etcd answers ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  }
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
