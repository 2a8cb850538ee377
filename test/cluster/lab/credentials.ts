import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CertificateAuthority } from './certificate-authority.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import { serviceAddress } from './network.ts';

/** Where credentials are in a cluster's folder. Any process of this machine may use them. */
export function credentialsIn(folder: string) {
  const pki = join(folder, 'pki');
  return {
    authority: new CertificateAuthority(pki),
    admin: { certificate: join(pki, 'admin.crt'), key: join(pki, 'admin.key') },
    /** Path of the key that signs service accounts' tokens; beside it, with .pub, the one that verifies them. */
    serviceAccountKey: join(pki, 'service-accounts.key'),
    /** Path of the administrator's. */
    kubeconfig: join(folder, 'kubeconfig'),
  };
}

/** Path of the kubeconfig of a part of the control plane. */
export function kubeconfigOf(folder: string, program: string): string {
  return join(folder, `${program}.kubeconfig`);
}

/**
 * Makes the certificates, keys and kubeconfigs of a control plane.
 * @param folder path of the cluster's folder
 * @param address where the API server will listen
 */
export async function makeCredentials(folder: string, address: string): Promise<void> {
  const authority = await CertificateAuthority.make(join(folder, 'pki'));
  const { serviceAccountKey, kubeconfig } = credentialsIn(folder);
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  await writeFile(serviceAccountKey, privateKey.export({ type: 'sec1', format: 'pem' }));
  await writeFile(`${serviceAccountKey}.pub`, publicKey.export({ type: 'spki', format: 'pem' }));
  const server = `https://${address}`;
  const names = ['kubernetes', 'kubernetes.default', 'kubernetes.default.svc'];
  const addresses = [address, serviceAddress];
  const [admin, controllers, scheduler] = await Promise.all([
    authority.issue({ name: 'admin', commonName: 'admin', organisations: ['system:masters'] }),
    authority.issue({
      name: 'kube-controller-manager',
      commonName: 'system:kube-controller-manager',
    }),
    authority.issue({ name: 'kube-scheduler', commonName: 'system:kube-scheduler' }),
    authority.issue({
      name: 'kube-apiserver',
      commonName: 'kube-apiserver',
      serverNames: [...names.map((name) => `DNS:${name}`), ...addresses.map((ip) => `IP:${ip}`)],
    }),
    authority.issue({
      name: 'kubelet-client',
      commonName: 'kube-apiserver',
      organisations: ['system:masters'],
    }),
  ]);
  const common = { server, authority: authority.certificate };
  await Promise.all([
    writeKubeconfig(kubeconfig, { ...common, user: admin }),
    writeKubeconfig(kubeconfigOf(folder, 'kube-controller-manager'), {
      ...common,
      user: controllers,
    }),
    writeKubeconfig(kubeconfigOf(folder, 'kube-scheduler'), { ...common, user: scheduler }),
  ]);
}
