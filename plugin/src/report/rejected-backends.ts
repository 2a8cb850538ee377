import { pwru } from '../../../proto/gen/pwru.js';
import { groupedBy, listed } from './summary.ts';

const { REFUSAL_CAUSE_KERNEL } = pwru.v1.RefusalCause;

/**
 * `kprobe.multi and kprobe are not used: kernel.kptr_restrict is 2`: a line for each reason. Those that the kernel does not have
 * are left out: nothing but another kernel helps.
 */
export function rejectedLines(rejected: readonly pwru.v1.BackendStatus.$Properties[]): string[] {
  const barred = rejected.filter(({ cause }) => cause !== REFUSAL_CAUSE_KERNEL);
  return Array.from(
    groupedBy(barred, ({ reason }) => reason ?? ''),
    ([reason, those]) => {
      const names = listed(those.map(({ name }) => name ?? ''));
      return `${names} ${those.length === 1 ? 'is' : 'are'} not used: ${reason}`;
    },
  );
}
