/** Where interfaces, addresses and routes can be set. */
export interface NetworkStack {
  /** Runs commands of `ip`, one per line. */
  ip(commands: readonly string[]): Promise<void>;
  /** Sets sysctls below net, such as `ipv4.ip_forward=1`. */
  sysctl(settings: readonly string[]): Promise<void>;
}
