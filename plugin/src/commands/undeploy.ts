import type { UndeployOptions } from '../cli/parse-command.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import type { KubeApi } from '../kubernetes/kube-api.ts';
import type { CommandOutput } from '../terminal/output.ts';
import { listed } from '../terminal/text.ts';
import { bindingsLeft } from './deploy/bindings-left.ts';
import { adaptManifests, type Manifest, parseManifests, shownName } from './deploy/manifests.ts';
import { removeManifests, waitUntilGone } from './deploy/removal.ts';
import { withKubeApi } from './with-kube-api.ts';

export async function runUndeploy(
  options: UndeployOptions,
  output: CommandOutput,
): Promise<ExitCode> {
  const { manifestTexts } = await import('./deploy/manifest-texts.ts');
  const { agentNamespace } = options;
  const manifests = adaptManifests(parseManifests(manifestTexts), {
    ...{ agentNamespace, image: undefined, nodeSelector: {}, runtimeSocket: true },
  });
  return withKubeApi(options.connection, output, (api) =>
    undeploy(api, manifests, { options, output }),
  );
}

/** Removes what deploy has made, and says what stays. */
export async function undeploy(
  api: KubeApi,
  manifests: readonly Manifest[],
  { options, output }: { readonly options: UndeployOptions; readonly output: CommandOutput },
): Promise<ExitCode> {
  const { removed, kept, staysBehind } = await removeManifests(api, manifests, output);
  if (removed.length + kept.length === 0 && !staysBehind)
    output.tell('Nothing to remove was found.');
  if (options.wait) await waitUntilGone(api, removed, { timeoutMs: options.timeoutMs, output });
  const keptManifests = kept.map(({ manifest }) => manifest);
  const gone = manifests.filter((manifest) => !keptManifests.includes(manifest));
  output.tell(...(await bindingsLeft(api, gone)));
  if (kept.length === 0) return exitCodes.OK;
  const names = keptManifests.map(shownName);
  output.tell(
    `error: Cannot remove ${listed(names)}: "kubectl pwru deploy" has not applied ${kept.length === 1 ? 'it' : 'them'}; remove ${kept.length === 1 ? 'it' : 'them'} by what has`,
  );
  return exitCodes.FAILURE;
}
