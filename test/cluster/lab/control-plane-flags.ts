import { join } from 'node:path';
import { credentialsIn, kubeconfigOf } from './credentials.ts';
import { serviceRange } from './network.ts';
import { issuer } from './service-account-token.ts';

/** etcd's ports are in the control plane's network namespace, where nothing else is. */
const etcdUrl = 'http://127.0.0.1:2379';
const etcdPeerUrl = 'http://127.0.0.1:2380';

/** Where this machine reaches etcd. @param address the API server's */
export function etcdUrlAt(address: string): string {
  return `http://${address}:2379`;
}

/** @param folder path of the cluster's folder, here and below @param address where other machines reach the API server */
export function etcdFlags(folder: string, address: string): string[] {
  const urls = `${etcdUrl},${etcdUrlAt(address)}`;
  return [
    ...['--data-dir', join(folder, 'etcd'), '--unsafe-no-fsync'],
    ...['--listen-client-urls', urls, '--advertise-client-urls', urls],
    ...['--listen-peer-urls', etcdPeerUrl, '--initial-advertise-peer-urls', etcdPeerUrl],
    ...['--initial-cluster', `default=${etcdPeerUrl}`],
  ];
}

/** @param address where other machines reach it */
export function apiServerFlags(folder: string, address: string): string[] {
  const { authority, serviceAccountKey } = credentialsIn(folder);
  const pki = join(folder, 'pki');
  return [
    `--etcd-servers=${etcdUrl}`,
    // Port 443 on all addresses, so that the service's address, which stands on the bridge, is served without kube-proxy.
    ...['--bind-address=0.0.0.0', '--secure-port=443', '--insecure-port=0'],
    `--advertise-address=${address}`,
    '--endpoint-reconciler-type=master-count',
    `--service-cluster-ip-range=${serviceRange}`,
    `--tls-cert-file=${join(pki, 'kube-apiserver.crt')}`,
    `--tls-private-key-file=${join(pki, 'kube-apiserver.key')}`,
    `--client-ca-file=${authority.certificate}`,
    `--kubelet-certificate-authority=${authority.certificate}`,
    `--kubelet-client-certificate=${join(pki, 'kubelet-client.crt')}`,
    `--kubelet-client-key=${join(pki, 'kubelet-client.key')}`,
    '--kubelet-preferred-address-types=InternalIP',
    `--service-account-issuer=${issuer}`,
    `--api-audiences=${issuer}`,
    `--service-account-signing-key-file=${serviceAccountKey}`,
    `--service-account-key-file=${serviceAccountKey}.pub`,
    ...['--authorization-mode=Node,RBAC', '--allow-privileged=true'],
    ...['--profiling=false', `--cert-dir=${join(folder, 'kube-apiserver')}`],
  ];
}

/** By program. */
export function controllerFlags(folder: string): Record<string, string[]> {
  const { authority, serviceAccountKey } = credentialsIn(folder);
  const common = (name: string) => [
    ...['kubeconfig', 'authentication-kubeconfig', 'authorization-kubeconfig'].map(
      (flag) => `--${flag}=${kubeconfigOf(folder, name)}`,
    ),
    ...['--leader-elect=false', '--bind-address=127.0.0.1', '--port=0'],
    `--cert-dir=${join(folder, name)}`,
  ];
  return {
    'kube-controller-manager': [
      ...common('kube-controller-manager'),
      `--service-account-private-key-file=${serviceAccountKey}`,
      `--root-ca-file=${authority.certificate}`,
      '--use-service-account-credentials',
      // Its own limits on requests make its start last 5 s.
      ...['--kube-api-qps=500', '--kube-api-burst=500'],
      // Nodes get their pod network from the lab.
      '--controllers=*,-nodeipam,-route,-cloud-node-lifecycle',
    ],
    'kube-scheduler': common('kube-scheduler'),
  };
}
