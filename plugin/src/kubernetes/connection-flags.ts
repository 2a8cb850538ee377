/**
 * kubectl's flags that say which API server is asked, and as whom. Absent ones leave it to the kubeconfig.
 * https://kubernetes.io/docs/reference/kubectl/generated/kubectl_options/
 */
export interface ConnectionFlags {
  /** --kubeconfig: path; then neither $KUBECONFIG nor ~/.kube/config is read. */
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  readonly cluster?: string | undefined;
  /** --user: name in the kubeconfig. */
  readonly user?: string | undefined;
  readonly namespace?: string | undefined;
  /** --as */
  readonly as?: string | undefined;
  /** --as-group, each time that it was given; empty as good as undefined. */
  readonly asGroups?: readonly string[] | undefined;
  readonly asUid?: string | undefined;
  readonly token?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** --server: URL, or HOST:PORT. */
  readonly server?: string | undefined;
  /** Paths, relative to the working directory. */
  readonly certificateAuthority?: string | undefined;
  readonly clientCertificate?: string | undefined;
  readonly clientKey?: string | undefined;
  readonly insecureSkipTlsVerify?: boolean | undefined;
  readonly tlsServerName?: string | undefined;
  /** --request-timeout, for each request that is not a watch; 0 and undefined: none but our own. */
  readonly requestTimeoutMs?: number | undefined;
}
