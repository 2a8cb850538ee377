import { readFile } from 'node:fs/promises';
import { type RequestOptions, request } from 'node:https';
import { text } from 'node:stream/consumers';
import type { Certificate } from './certificate-authority.ts';

interface Answer {
  /** Of HTTP. */
  readonly status: number;
  readonly body: string;
}

/** Asks the API server as an administrator. */
export class ApiClient {
  readonly #options: RequestOptions;

  private constructor(options: RequestOptions) {
    this.#options = options;
  }

  /** @param authority path of the certificate of the cluster's authority */
  static async make(address: string, authority: string, admin: Certificate): Promise<ApiClient> {
    return new ApiClient({
      host: address,
      port: 443,
      ca: await readFile(authority),
      cert: await readFile(admin.certificate),
      key: await readFile(admin.key),
      timeout: 5_000,
      agent: false,
    });
  }

  /** @returns the object at `path`, or undefined while the API server does not give it, for whatever reason */
  async get(path: string): Promise<unknown> {
    const answer = await this.#ask(path).catch(() => undefined);
    return answer?.status === 200 ? JSON.parse(answer.body) : undefined;
  }

  /** Whether the API server says that it is ready. */
  async isReady(): Promise<boolean> {
    const answer = await this.#ask('/readyz').catch(() => undefined);
    return answer?.status === 200;
  }

  #ask(path: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const asking = request({ ...this.#options, path }, (response) => {
        const status = response.statusCode ?? 0;
        text(response).then((body) => resolve({ status, body }), reject);
      });
      asking.once('error', reject);
      asking.once('timeout', () => asking.destroy(new Error('No answer')));
      asking.end();
    });
  }
}
