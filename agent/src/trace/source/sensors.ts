import { bpfError } from '../../kernel/refusal-error.ts';
import { errnoName } from '../../native/errno.ts';
import { attachRawTracepoint } from '../../native/libbpf.ts';
import type { ProbeAttachRequest } from './probe-source.ts';

/** BPF program on skb:kfree_skb, which every backend has for the drop reason. */
export const dropProgram = 'drop';
export const dropTracepoint = 'kfree_skb';

/**
 * Attaches the drop program.
 * @param functions 1 when it counts among the functions that the user selected, else 0.
 * @throws PwruError: without it a session cannot say why packets die.
 */
export async function attachDrop(request: ProbeAttachRequest, functions: number): Promise<void> {
  const link = await attachRawTracepoint(request.programFd(dropProgram), dropTracepoint);
  if (link < 0) {
    throw bpfError(`Cannot attach to tracepoint ${dropTracepoint}`, errnoName(-link));
  }
  request.links.add(link, functions);
}
