import type { ClusterOptions } from '../src/cli/connection.ts';

/** No connection flag was given. */
export const noConnection: ClusterOptions['connection'] = {
  kubeconfig: undefined,
  context: undefined,
  cluster: undefined,
  user: undefined,
  namespace: undefined,
  server: undefined,
  tlsServerName: undefined,
  insecureSkipTlsVerify: undefined,
  certificateAuthority: undefined,
  clientCertificate: undefined,
  clientKey: undefined,
  token: undefined,
  username: undefined,
  password: undefined,
  as: undefined,
  asGroups: [],
  asUid: undefined,
  requestTimeoutMs: undefined,
};
