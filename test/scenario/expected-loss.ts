import type { TestMachine } from '../support/machine.ts';
import type { TracedEvent } from '../support/trace.ts';

/** A loss of which it is known where it happens, and from which kernel on the kernel says why. */
export interface ExpectedLoss {
  readonly reason: string;
  /** MAJOR.MINOR of the first Linux that gives this reason here. */
  readonly since: string;
  /** Functions that older kernels drop it in, without saying why. */
  readonly places: readonly string[];
  /** It is a segment that carries data. */
  readonly isData?: boolean;
}

const generic = ['', 'NOT_SPECIFIED'];

/** By nft: nf_hook_slow() until 6.7, then where the verdict is given. */
export const lossByRule: ExpectedLoss = {
  ...{ reason: 'NETFILTER_DROP', since: '5.17' },
  places: ['nf_hook_slow', 'nft_do_chain'],
};

/** Whether the kernel says of this event what is to be expected of it. */
export async function lossMatcher(
  machine: TestMachine,
): Promise<(event: TracedEvent, loss: ExpectedLoss) => boolean> {
  const release = (await machine.mustRun('uname -r')).trim();
  return ({ drop, tuple }, { reason, since, places, isData = false }) => {
    if (drop?.class !== 'lost' || (isData && tuple?.tcpFlags.includes('PSH') !== true))
      return false;
    if (!isOlder(release, since)) return drop.reason === reason;
    return generic.includes(drop.reason) && places.includes(drop.location?.symbol ?? '');
  };
}

function isOlder(release: string, version: string): boolean {
  const [major = 0, minor = 0] = release.split(/[.-]/).map(Number);
  const [sinceMajor = 0, sinceMinor = 0] = version.split('.').map(Number);
  return major < sinceMajor || (major === sinceMajor && minor < sinceMinor);
}
