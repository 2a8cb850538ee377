import { type CommandLine, mapGiven } from './command-line.ts';
import { looksForPods, type TextFlag } from './flag-table.ts';
import { parseDurationOrZeroMs, parseNamespace } from './values.ts';

export const DEFAULT_AGENT_NAMESPACE = 'pwru';

/** What every sub-command knows that asks a cluster. */
export interface ClusterOptions {
  readonly connection: Readonly<Partial<ReturnType<typeof connectionFlags>>>;
  /** Where the agents' DaemonSet is. */
  readonly agentNamespace: string;
}

export function clusterOptions(line: CommandLine): ClusterOptions {
  return {
    connection: connectionFlags(line),
    agentNamespace: agentNamespace(line) ?? DEFAULT_AGENT_NAMESPACE,
  };
}

/** Where no pods are looked for, -n can only mean the agents. */
function agentNamespace(line: CommandLine): string | undefined {
  const named = mapGiven(line, 'agent-namespace', parseNamespace);
  return looksForPods(line.command)
    ? named
    : (named ?? mapGiven(line, 'namespace', parseNamespace));
}

/** kubectl's flags that say which API server is asked, and as whom: ConnectionFlags of kubernetes/connection-settings.ts. */
function connectionFlags(line: CommandLine) {
  return {
    kubeconfig: given(line, 'kubeconfig'),
    context: given(line, 'context'),
    cluster: given(line, 'cluster'),
    user: given(line, 'user'),
    namespace: mapGiven(line, 'namespace', parseNamespace),
    server: given(line, 'server'),
    tlsServerName: given(line, 'tls-server-name'),
    insecureSkipTlsVerify: line.switch('insecure-skip-tls-verify'),
    certificateAuthority: given(line, 'certificate-authority'),
    clientCertificate: given(line, 'client-certificate'),
    clientKey: given(line, 'client-key'),
    token: given(line, 'token'),
    username: given(line, 'username'),
    password: given(line, 'password'),
    as: given(line, 'as'),
    asGroups: line.texts('as-group'),
    asUid: given(line, 'as-uid'),
    requestTimeoutMs: mapGiven(line, 'request-timeout', parseDurationOrZeroMs),
  };
}

/** As for kubectl, an empty value is as good as none. */
function given(line: CommandLine, flag: TextFlag): string | undefined {
  return line.text(flag) || undefined;
}
