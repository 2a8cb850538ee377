import { existsSync } from 'node:fs';
import { messageOf } from '../../../agent/src/core/errors.ts';
import { Cluster } from './cluster.ts';
import { getSoftware } from './software.ts';

/** A cluster that is no lab: somebody's, for tests to run in. */
export interface NamedClusterSettings {
  /** Path. */
  readonly kubeconfig: string;
  /** An image of the agent that its nodes can pull. */
  readonly agentImage: string;
  /** An image with sh, nc and sleep that its nodes can pull. */
  readonly podImage: string;
}

/** Why a test is skipped there. */
export const needsLab = 'it needs the lab itself, and PWRU_TEST_KUBECONFIG names another cluster';

/**
 * The cluster that PWRU_TEST_KUBECONFIG names; undefined where it names none. KUBECONFIG and ~/.kube are never looked at: tests
 * create and delete, and somebody's own cluster is not for that.
 * @throws Error when what belongs to it is missing
 */
export function namedClusterSettings(env = process.env): NamedClusterSettings | undefined {
  const kubeconfig = env['PWRU_TEST_KUBECONFIG'] ?? '';
  if (kubeconfig === '') return undefined;
  const agentImage = env['PWRU_TEST_IMAGE'] ?? '';
  if (!existsSync(kubeconfig))
    throw new Error(`PWRU_TEST_KUBECONFIG names ${kubeconfig}, which is no file`);
  if (agentImage === '')
    throw new Error(
      'PWRU_TEST_KUBECONFIG names a cluster: say by PWRU_TEST_IMAGE which image of the agent its nodes can pull',
    );
  return { kubeconfig, agentImage, podImage: env['PWRU_TEST_POD_IMAGE'] ?? 'busybox' };
}

/**
 * Opens that cluster.
 * @param folder path of a folder for what kubectl keeps
 * @throws Error with what kubectl says when it does not answer, or when this user is not its administrator
 */
export async function openNamedCluster(
  { kubeconfig }: NamedClusterSettings,
  folder: string,
): Promise<Cluster> {
  const { kubectl } = await getSoftware();
  const access = { folder, kubeconfig, kubectl, kubectlVersion: '1.32' } as const;
  const ask = async (args: readonly string[]) => {
    try {
      const patience = ['--request-timeout=10s'];
      const cluster = new Cluster({ ...access, nodes: [] });
      return await cluster.kubectl([...args, ...patience], { timeoutMs: 20_000 });
    } catch (failure) {
      const said = (failure as { stderr?: string }).stderr?.trim();
      throw new Error(
        `Cannot use the cluster of PWRU_TEST_KUBECONFIG (${kubeconfig}): ${said || messageOf(failure)}`,
        { cause: failure },
      );
    }
  };
  await ask(['auth', 'can-i', '*', '*', '--all-namespaces']);
  const names = await ask([
    ...['get', 'nodes', '-l', 'kubernetes.io/os=linux', '--sort-by=.metadata.name'],
    ...['-o', 'jsonpath={range .items[*]}{.metadata.name}{"\\n"}{end}'],
  ]);
  const nodes = names.split('\n').filter((name) => name !== '');
  if (nodes.length === 0)
    throw new Error(`The cluster of PWRU_TEST_KUBECONFIG (${kubeconfig}) has no node with Linux`);
  return new Cluster({ ...access, nodes: nodes.map((name) => ({ name })) });
}
