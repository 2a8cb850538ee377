import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ConnectionFlags } from '../../plugin/src/kubernetes/connection-flags.ts';
import { kinds } from '../../plugin/src/kubernetes/kinds.ts';
import { openKubeApi } from '../../plugin/src/kubernetes/open-kube-api.ts';
import { getSoftware, type KubectlVersion } from './lab/software.ts';

const { kubectl } = await getSoftware();

/** kubectl's last words when it is asked for a pod, without the log of client-go. */
export async function saidByKubectl(
  kubeconfig: string,
  flags: ConnectionFlags,
  version: KubectlVersion,
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { context, cluster, user, server, token, as } = flags;
  const args = Object.entries({ context, cluster, user, server, token, as }).flatMap(
    ([name, value]) => (value === undefined ? [] : [`--${name}=${value}`]),
  );
  const child = promisify(execFile)(kubectl[version], [...args, 'get', 'pod', 'foo'], {
    env: {
      PATH: process.env['PATH'],
      HOME: '/nonexistent',
      KUBECONFIG: kubeconfig,
      ...environment,
    },
  });
  child.child.stdin?.end();
  const stderr = await child.then(
    () => 'nothing',
    (error: { stderr: string }) => error.stderr,
  );
  const log = /^[EIW]\d{4} .*\n(?:(?:\t.*\n)+ >\n)?/gm;
  return stderr.replace(log, '').trim();
}

/** The plugin's, who asks with the environment of this process. */
export async function saidByPlugin(kubeconfig: string, flags: ConnectionFlags): Promise<string> {
  try {
    const api = await openKubeApi({ kubeconfig, ...flags });
    try {
      await api.get(kinds.pod, 'foo');
    } finally {
      await api.close();
    }
    return 'nothing';
  } catch (thrown) {
    return (thrown as Error).message;
  }
}
