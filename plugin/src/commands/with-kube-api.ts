import { exitCodes } from '../exit-code.ts';
import type { ConnectionFlags } from '../kubernetes/connection-settings.ts';
import type { KubeApi } from '../kubernetes/kube-api.ts';
import type { CommandOutput } from '../terminal/output.ts';
import { endProcess, onStopSignal } from '../terminal/stop-signals.ts';

/**
 * Uses an API server, and leaves nothing open. An interrupt ends the process at once: what goes through the connection ends
 * with it, silently, and the sockets' folders are removed.
 * @throws KubeError when the configuration cannot be used
 */
export async function withKubeApi<T>(
  connection: ConnectionFlags,
  output: CommandOutput,
  use: (api: KubeApi) => Promise<T>,
): Promise<T> {
  const { openKubeApi } = await import('../kubernetes/open-kube-api.ts');
  const api = await openKubeApi(connection);
  let exiting: Promise<never> | undefined;
  const onSignal = () => {
    output.silence();
    void api.close();
    // Streams tell that they are closed in the next turn, and then their folders go.
    setImmediate(() => setImmediate(() => endProcess(exitCodes.INTERRUPTED)));
    exiting = new Promise(() => {});
  };
  const forgetSignals = onStopSignal(onSignal);
  try {
    return await use(api);
  } finally {
    // What fails now fails for want of the connection: that is no result of the command.
    await exiting;
    forgetSignals();
    await api.close();
  }
}
