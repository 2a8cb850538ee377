/** Bounds of a StartTrace, as proto/pwru/v1/trace.proto promises them. Sizes of text are in UTF-8 bytes. */
export const requestLimits = {
  /** Network namespaces and processes. */
  targets: 64,
  /** More than a kubelet takes; SetPodTargets with so many of the longest names has 190 KiB. */
  pods: 512,
  addresses: 256,
  ports: 512,
  modules: 512,
  filterBytes: 16 * 1024,
  regexBytes: 4 * 1024,
  /** Of the program that RE2 makes; 4 KiB of names have 4,500. What `{n}` repeats counts three times. It takes 3 MB, and 50 ms to make. */
  regexInstructions: 6_000,
  clientNameBytes: 256,
  /** NAME_MAX of Linux: a netns name is a file name under /run/netns. */
  netnsNameBytes: 255,
  /** IFNAMSIZ (16) less the final NUL, include/uapi/linux/if.h. */
  interfaceNameBytes: 15,
  /** RFC 1123: a label, and a subdomain; what the API server allows for namespaces and for pods. */
  podNamespaceBytes: 63,
  podNameBytes: 253,
  podUidBytes: 128,
  minWatermarkIntervalMs: 20,
  maxWatermarkIntervalMs: 10_000,
  /** PID_MAX_LIMIT on 64-bit kernels, include/linux/threads.h. */
  pid: 4 * 1024 * 1024,
  minRingBudgetBytes: 1024 * 1024,
  defaultRingBudgetBytes: 64 * 1024 * 1024,
  /** What is kept for a session that may come: 100,000 events and more. */
  smallRingBudgetBytes: 16 * 1024 * 1024,
  maxRingBudgetBytes: 1024 * 1024 * 1024,
} as const;

/** What one agent allows unless its flags say otherwise. */
export const agentDefaults = {
  maxSessions: 8,
  maxDurationMs: 60 * 60 * 1000,
} as const;

/** `Started.heartbeat_interval_ms`. */
export const heartbeatIntervalMs = 5_000;

/** `Started.lease_ms`: this long without a request ends the session. */
export const leaseMs = 15_000;
