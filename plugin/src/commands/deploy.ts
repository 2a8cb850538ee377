import type { DeployOptions } from '../cli/parse-command.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import type { KubeApi } from '../kubernetes/kube-api.ts';
import type { CommandOutput } from '../terminal/output.ts';
import { CommandError } from './command-error.ts';
import { applyManifests } from './deploy/apply-manifests.ts';
import {
  adaptManifests,
  agentImage,
  type Manifest,
  manifestsText,
  parseManifests,
} from './deploy/manifests.ts';
import { waitForRollout } from './deploy/rollout.ts';
import { withKubeApi } from './with-kube-api.ts';

export async function runDeploy(options: DeployOptions, output: CommandOutput): Promise<ExitCode> {
  const { manifestTexts } = await import('./deploy/manifest-texts.ts');
  const manifests = adaptManifests(parseManifests(manifestTexts), options);
  if (options.printOnly) {
    output.print(manifestsText(manifests).trimEnd());
    return exitCodes.OK;
  }
  refuseLocalImage(manifests, options);
  return withKubeApi(options.connection, output, (api) =>
    deploy(api, manifests, { options, output }),
  );
}

/**
 * The image that the manifests name is not published: it is only where somebody has built it, or loaded it into the nodes.
 * @throws CommandError when nobody has said that it is there
 */
function refuseLocalImage(manifests: readonly Manifest[], { image }: DeployOptions): void {
  const builtIn = agentImage(manifests);
  if (image !== undefined || !builtIn.startsWith('localhost/')) return;
  throw new CommandError(
    `Cannot deploy: the image ${builtIn} is in no registry; name one that the nodes can pull with --image (the project's Dockerfile makes it), or with --image ${builtIn} say that the nodes have it`,
    exitCodes.USAGE,
  );
}

/** Applies the manifests and waits until the agents are there. */
export async function deploy(
  api: KubeApi,
  manifests: readonly Manifest[],
  { options, output }: { readonly options: DeployOptions; readonly output: CommandOutput },
): Promise<ExitCode> {
  await applyManifests(api, manifests, output);
  if (options.wait) {
    const image = agentImage(manifests);
    await waitForRollout(api, { ...options, image }, output);
  }
  return exitCodes.OK;
}
