import type { DeployOptions } from '../args/command-options.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import type { KubeApi } from '../kubernetes/kube-api.ts';
import type { CommandOutput } from './command-output.ts';
import { applyManifests } from './deploy/apply-manifests.ts';
import {
  adaptManifests,
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
  return withKubeApi(options.connection, output, (api) =>
    deploy(api, manifests, { options, output }),
  );
}

/** Applies the manifests and waits until the agents are there. */
export async function deploy(
  api: KubeApi,
  manifests: readonly Manifest[],
  { options, output }: { readonly options: DeployOptions; readonly output: CommandOutput },
): Promise<ExitCode> {
  await applyManifests(api, manifests, output);
  if (options.wait) await waitForRollout(api, options, output);
  return exitCodes.OK;
}
