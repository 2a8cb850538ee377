import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from 'vitest';
import { namedClusterSettings } from '../cluster/lab/named-cluster.ts';

/** Path of a kubeconfig that is there. */
const test = base.extend<{ prefix: string; kubeconfig: string }>({
  prefix: 'pwru-named-',
  kubeconfig: async ({ prefix }, use) => {
    const folder = await mkdtemp(join(tmpdir(), prefix));
    await writeFile(join(folder, 'config'), '{}');
    await use(join(folder, 'config'));
    await rm(folder, { recursive: true });
  },
});

const PWRU_TEST_IMAGE = 'registry.test/pwru:1';

test('a plain KUBECONFIG is not a cluster for tests', ({ kubeconfig }) => {
  expect(namedClusterSettings({ KUBECONFIG: kubeconfig, PWRU_TEST_IMAGE })).toBeUndefined();
  const empty = { KUBECONFIG: kubeconfig, PWRU_TEST_KUBECONFIG: '' };
  expect(namedClusterSettings(empty)).toBeUndefined();
});

test('PWRU_TEST_KUBECONFIG names one, with images for it', ({ kubeconfig }) => {
  const env = { PWRU_TEST_KUBECONFIG: kubeconfig, PWRU_TEST_IMAGE };
  const settings = { kubeconfig, agentImage: PWRU_TEST_IMAGE, podImage: 'busybox' };
  expect(namedClusterSettings(env)).toEqual(settings);
  const PWRU_TEST_POD_IMAGE = 'registry.test/box';
  expect(namedClusterSettings({ ...env, PWRU_TEST_POD_IMAGE })?.podImage).toBe(PWRU_TEST_POD_IMAGE);
});

test('it is refused when the file or the image is missing', ({ kubeconfig }) => {
  const missing = `${kubeconfig}.none`;
  expect(() => namedClusterSettings({ PWRU_TEST_KUBECONFIG: missing, PWRU_TEST_IMAGE })).toThrow(
    `PWRU_TEST_KUBECONFIG names ${missing}, which is no file`,
  );
  expect(() => namedClusterSettings({ PWRU_TEST_KUBECONFIG: kubeconfig })).toThrow(
    'say by PWRU_TEST_IMAGE which image',
  );
});
