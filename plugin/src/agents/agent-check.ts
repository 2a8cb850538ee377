import type { pwru } from '../../../proto/gen/pwru.js';
import { type ClockOffset, type ClockSample, clockOffset } from '../events/clocks.ts';
import { version as ownVersion } from '../version.ts';
import type { QueryableAgent } from './agent-client.ts';

/** What an agent says of itself, and what that means for us. */
export interface AgentCheck {
  readonly info: pwru.v1.GetInfoResponse;
  /** undefined when the agent does not tell its time. */
  readonly clock: ClockOffset | undefined;
  /** `too-old`: it lacks what this program asks for. `other-version`: worth a word, and no hindrance. */
  readonly compatibility: 'same' | 'other-version' | 'too-old';
}

/** The revision of pwru.v1 that this program needs of an agent: the second brought pods as targets. */
export const REQUIRED_API_REVISION = 2;

const ROUND_TRIPS = 5;

/** Asks an agent who it is, several times for the sake of its clock. @throws AgentError */
export async function checkAgent(agent: QueryableAgent): Promise<AgentCheck> {
  const { info, sample } = await ask(agent);
  const samples = [sample];
  for (let trip = 1; trip < ROUND_TRIPS; trip++) {
    // It answered once. That it is busy now makes its clock less sure, and nothing else.
    const again = await ask(agent).catch(() => undefined);
    if (again === undefined) break;
    samples.push(again.sample);
  }
  const clock = info.wallTimeNs.toString() === '0' ? undefined : clockOffset(samples);
  return { info, clock, compatibility: compatibilityOf(info) };
}

async function ask(
  agent: QueryableAgent,
): Promise<{ info: pwru.v1.GetInfoResponse; sample: ClockSample }> {
  const askedNs = wallTimeNs();
  const info = await agent.getInfo();
  const answeredNs = wallTimeNs();
  const remoteNs = BigInt(info.wallTimeNs.toString());
  return { info, sample: { askedNs, remoteNs, answeredNs } };
}

/** Nanoseconds since 1970, monotonic: a clock that is set meanwhile does not disturb. */
function wallTimeNs(): bigint {
  const originNs = BigInt(Math.round(performance.timeOrigin * 1_000)) * 1_000n;
  return originNs + BigInt(Math.round(performance.now() * 1_000_000));
}

function compatibilityOf(info: pwru.v1.GetInfoResponse): AgentCheck['compatibility'] {
  if (info.apiRevision < REQUIRED_API_REVISION) return 'too-old';
  return info.version === ownVersion ? 'same' : 'other-version';
}
