import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import { load, loadAll } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { shippedManifests, shippedTexts } from '../../../testing/commands/shipped-manifests.ts';
import {
  adaptManifests,
  kindOf,
  manifestsText,
  parseManifests,
  pathOf,
  shownName,
} from './manifests.ts';

const parsed = parseManifests(shippedTexts());
const componentFile = join(
  import.meta.dirname,
  '../../../../deploy/without-runtime-socket/kustomization.yaml',
);
const asShipped = {
  ...{ agentNamespace: 'pwru', image: undefined, nodeSelector: {}, runtimeSocket: true },
};

test('a bundle carries every file of deploy/, in the order of kustomization.yaml', async () => {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'manifest-texts.ts')],
    ...{ bundle: true, write: false, format: 'cjs', platform: 'node' },
  });
  const module: { exports: { manifestTexts?: string[] } } = { exports: {} };
  runInNewContext(outputFiles[0]?.text ?? '', { module });
  expect([...(module.exports.manifestTexts ?? [])]).toEqual(shippedTexts());
});

describe('the manifests', () => {
  test('are what they were when nothing is asked for', () => {
    expect(adaptManifests(parsed, asShipped)).toEqual(parsed);
  });

  test('are all of kinds that can be applied', () => {
    expect(parsed.map(shownName)).toEqual(
      expect.arrayContaining([
        'namespace/pwru',
        'daemonset.apps/pwru-agent',
        'clusterrole.rbac.authorization.k8s.io/pwru-trace',
      ]),
    );
    expect(parsed.map(pathOf)).toEqual(
      expect.arrayContaining([
        '/api/v1/namespaces/pwru',
        '/apis/apps/v1/namespaces/pwru/daemonsets/pwru-agent',
        '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/pwru-agent',
      ]),
    );
    for (const manifest of parsed)
      expect(kindOf(manifest).namespaced).toBe(manifest.metadata.namespace !== undefined);
  });

  test('move to another namespace as a whole', () => {
    const moved = shippedManifests('net-tools');
    expect(JSON.stringify(moved)).not.toMatch(/"namespace":"pwru"/);
    expect(moved.find(({ kind }) => kind === 'Namespace')?.metadata.name).toBe('net-tools');
    const binding = moved.find(({ kind }) => kind === 'ClusterRoleBinding');
    expect(binding?.subjects).toMatchObject([{ name: 'pwru-agent', namespace: 'net-tools' }]);
    const namespaced = moved.filter(({ metadata }) => metadata.namespace !== undefined);
    expect(new Set(namespaced.map(({ metadata }) => metadata.namespace))).toEqual(
      new Set(['net-tools']),
    );
  });

  test('take an image and a node selector, beside the one that they have', () => {
    const adapted = adaptManifests(parsed, {
      ...asShipped,
      image: 'registry.example/pwru@sha256:0',
      nodeSelector: { pool: 'edge' },
    });
    const daemonSet = adapted.find(({ kind }) => kind === 'DaemonSet');
    const pod = (daemonSet as unknown as DaemonSet).spec.template.spec;
    expect(pod.containers.map(({ image }) => image)).toEqual(['registry.example/pwru@sha256:0']);
    expect(pod.nodeSelector).toEqual({ 'kubernetes.io/os': 'linux', pool: 'edge' });
    const rest = (manifests: typeof adapted) =>
      manifests.filter(({ kind }) => kind !== 'DaemonSet');
    expect(rest(adapted)).toEqual(rest(parsed));
  });

  test("without the runtime's socket are what the kustomization component makes of them", () => {
    const podOf = (manifests: typeof parsed) =>
      (manifests.find(({ kind }) => kind === 'DaemonSet') as unknown as DaemonSet).spec.template
        .spec;
    const shipped = podOf(parsed);
    const adapted = podOf(adaptManifests(parsed, { ...asShipped, runtimeSocket: false }));
    const { patches } = load(readFileSync(componentFile, 'utf8')) as {
      patches: Array<{ patch: string }>;
    };
    const patched = podOf([load(patches[0]?.patch ?? '')] as typeof parsed);
    const [[before], [after], [change]] = [
      shipped.containers,
      adapted.containers,
      patched.containers,
    ];
    expect(patches).toHaveLength(1);
    expect(after?.args).toEqual(change?.args);
    expect(after?.securityContext).toEqual({
      ...before?.securityContext,
      ...change?.securityContext,
    });
    const named = (mounts: ReadonlyArray<Mount> = []) =>
      mounts.filter(({ name }) => name === 'host-run');
    expect(change?.volumeMounts).toEqual([
      { mountPath: named(before?.volumeMounts)[0]?.mountPath, $patch: 'delete' },
      ...named(after?.volumeMounts),
    ]);
    expect(adapted.volumes).toEqual(
      shipped.volumes.map(
        (volume) => patched.volumes.find(({ name }) => name === volume.name) ?? volume,
      ),
    );
  });

  test("without the runtime's socket see of /run the namespaces alone, in no group but their own", () => {
    const adapted = adaptManifests(parsed, { ...asShipped, runtimeSocket: false });
    const text = JSON.stringify(adapted);
    expect(text).not.toContain('"path":"/run"');
    expect(text).not.toContain('"runAsGroup":0');
    expect(text).toContain('"--cri-socket="');
  });

  test('are printed as YAML that means the same', () => {
    expect(loadAll(manifestsText(parsed))).toEqual(parsed);
  });
});

interface Mount {
  readonly name?: string;
  readonly mountPath: string;
}

interface DaemonSet {
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly nodeSelector: object;
        readonly containers: ReadonlyArray<{
          readonly image: string;
          readonly args: readonly string[];
          readonly securityContext: object;
          readonly volumeMounts: readonly Mount[];
        }>;
        readonly volumes: ReadonlyArray<{ readonly name: string }>;
      };
    };
  };
}
