import type { pwru } from '../../../proto/gen/pwru.js';
import { groupedBy, listed } from './node-lists.ts';

/** `kprobe.multi and kprobe are not used: kernel.kptr_restrict is 2`: a line for each reason. */
export function rejectedLines(rejected: readonly pwru.v1.BackendStatus.$Properties[]): string[] {
  return Array.from(
    groupedBy(rejected, ({ reason }) => reason ?? ''),
    ([reason, those]) => {
      const names = listed(those.map(({ name }) => name ?? ''));
      return `${names} ${those.length === 1 ? 'is' : 'are'} not used: ${reason}`;
    },
  );
}
