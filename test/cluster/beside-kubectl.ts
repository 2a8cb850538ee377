import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ConnectionFlags } from '../../plugin/src/kubernetes/connection-settings.ts';
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
