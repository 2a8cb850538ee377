import { setTimeout as delay } from 'node:timers/promises';
import { GrpcAgentClient } from '../../plugin/src/grpc-client.ts';
import { checkAgent } from '../../plugin/src/kubernetes/agent-check.ts';
import {
  type AgentSource,
  NoAgentError,
  type OpenAgent,
} from '../../plugin/src/trace/agent-source.ts';

/** Agents of named nodes, each at an address of its own: what a cluster would be asked for. */
export class SocketAgents implements AgentSource {
  readonly #addresses = new Map<string, string>();

  /** @param address undefined: there is none any more */
  set(node: string, address: string | undefined): void {
    if (address === undefined) this.#addresses.delete(node);
    else this.#addresses.set(node, address);
  }

  async open(node: string): Promise<OpenAgent> {
    const address = this.#addresses.get(node);
    if (address === undefined) throw new NoAgentError(node, 'its pod is not there');
    const client = new GrpcAgentClient(address, { name: node });
    try {
      const { info, clock } = await checkAgent(client);
      return { client, clock, version: info.version };
    } catch (thrown) {
      client.close();
      throw thrown;
    }
  }

  async changed(_node: string, signal: AbortSignal): Promise<void> {
    await delay(3_600_000, undefined, { signal, ref: false }).catch(() => {});
  }
}
