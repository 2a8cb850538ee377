import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inClusterAccess, isInCluster } from './in-cluster-access.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pwru-service-account-'));
  writeFileSync(join(folder, 'token'), 'first\n');
  writeFileSync(join(folder, 'ca.crt'), 'certificate');
});

afterEach(() => rmSync(folder, { recursive: true }));

const environment = { KUBERNETES_SERVICE_HOST: '10.96.0.1', KUBERNETES_SERVICE_PORT: '6443' };

test('reads token and CA anew for each request', async () => {
  const access = inClusterAccess(environment, folder);
  expect(await access.endpoint()).toEqual({
    server: new URL('https://10.96.0.1:6443'),
    options: { ca: 'certificate' },
    headers: { authorization: 'Bearer first' },
  });
  writeFileSync(join(folder, 'token'), 'second');
  expect((await access.endpoint()).headers).toEqual({ authorization: 'Bearer second' });
});

test('takes an IPv6 address', async () => {
  const access = inClusterAccess({ KUBERNETES_SERVICE_HOST: 'fd00::1' }, folder);
  expect((await access.endpoint()).server.href).toBe('https://[fd00::1]/');
});

test('says which file it cannot read', async () => {
  rmSync(join(folder, 'token'));
  await expect(inClusterAccess(environment, folder).endpoint()).rejects.toMatchObject({
    kind: 'credentials',
    message: expect.stringContaining(join(folder, 'token')),
  });
});

test('refuses outside of a pod', () => {
  expect(isInCluster(environment)).toBe(true);
  expect(isInCluster({})).toBe(false);
  expect(() => inClusterAccess({})).toThrow(
    expect.objectContaining({
      code: 'NOT_FOUND',
      message: expect.stringContaining('KUBERNETES_SERVICE_HOST'),
    }),
  );
});
