import { setTimeout as delay } from 'node:timers/promises';
import type { GuestProcess } from '../vm/lab/guest-process.ts';
import { parseSamples, type Samples } from './metrics-text.ts';

/** Metrics are made anew for the first who asks in half a second. */
const renderingIntervalMs = 500;

/** The HTTP side of an agent that was started with --http-address. */
export class AgentHttp {
  readonly #address: string;

  private constructor(address: string) {
    this.#address = address;
  }

  /** @param agent whose log is on stderr */
  static async of(agent: GuestProcess): Promise<AgentHttp> {
    const [, address = ''] = await agent.waitForOutput(/"http":"([^"]+)"/);
    return new AgentHttp(address.replace('[::]', '[::1]'));
  }

  async get(path: string): Promise<{ readonly status: number; readonly text: string }> {
    const response = await fetch(`http://${this.#address}${path}`);
    return { status: response.status, text: await response.text() };
  }

  /** The metrics as they are now, or were half a second ago. */
  async samples(): Promise<Samples> {
    return parseSamples((await this.get('/metrics')).text);
  }

  /** The metrics as they are now. */
  async freshSamples(): Promise<Samples> {
    await delay(renderingIntervalMs);
    return this.samples();
  }
}
