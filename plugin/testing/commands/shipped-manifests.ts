import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import {
  adaptManifests,
  type Manifest,
  parseManifests,
} from '../../src/commands/deploy/manifests.ts';

const folder = join(import.meta.dirname, '../../../deploy');

/** The files of deploy/ in the order of its kustomization.yaml, as text. */
export function shippedTexts(): string[] {
  const kustomization = load(readFileSync(join(folder, 'kustomization.yaml'), 'utf8'));
  const { resources } = kustomization as { resources: string[] };
  const others = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  if (others.length !== resources.length + 1) throw new Error('kustomization.yaml is not whole');
  return resources.map((name) => readFileSync(join(folder, name), 'utf8'));
}

/** The manifests of deploy/ as they are for a namespace. */
export function shippedManifests(agentNamespace = 'pwru'): Manifest[] {
  return adaptManifests(parseManifests(shippedTexts()), {
    ...{ agentNamespace, image: undefined, nodeSelector: {}, runtimeSocket: true },
  });
}
