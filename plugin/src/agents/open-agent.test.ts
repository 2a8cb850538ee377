import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findCluster } from './open-agent.ts';

function homeDirectory(withKubeconfig: boolean) {
  const path = mkdtempSync(join(tmpdir(), 'pwru-home-'));
  if (withKubeconfig) {
    mkdirSync(join(path, '.kube'));
    writeFileSync(join(path, '.kube', 'config'), '');
  }
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) };
}

test('findCluster finds what kubectl would find', () => {
  using empty = homeDirectory(false);
  using configured = homeDirectory(true);
  expect(findCluster({}, empty.path)).toBeUndefined();
  expect(findCluster({ KUBECONFIG: '' }, empty.path)).toBeUndefined();
  expect(findCluster({ KUBERNETES_SERVICE_HOST: '10.0.0.1' }, empty.path)).toBeUndefined();
  expect(findCluster({ KUBECONFIG: '/a:/b' }, empty.path)).toBe('/a:/b');
  expect(findCluster({}, configured.path)).toBe(join(configured.path, '.kube', 'config'));
});
