/** Sub-commands. A pod of such a name is reached by pod/NAME. */
export const commandNames = [
  'trace',
  'functions',
  'sessions',
  'stop',
  'status',
  'doctor',
  'deploy',
  'undeploy',
  'version',
  'completion',
] as const;
export type CommandName = (typeof commandNames)[number];

/** Under which heading of a help text a flag stands. */
export type Section = 'targets' | 'agents' | 'packets' | 'functions' | 'output' | 'connection';

/** A flag as its users see it. */
export interface FlagSpec {
  readonly type: 'boolean' | 'string';
  readonly short?: string;
  /** What its value is called in a help text; only of 'string'. */
  readonly value?: string;
  /** Words that a 'boolean' takes behind `=`, beside true and false. */
  readonly choices?: readonly string[];
  /** May be given more than once. */
  readonly repeatable?: true;
  readonly section: Section;
  readonly commands: readonly CommandName[];
  /** Makes sense in a cluster only: refused beside --local and --agent. */
  readonly cluster?: true;
  /** One line or two; `default` in brackets at the end. */
  readonly about: string;
}

const trace = ['trace'] as const;
const lists = ['functions', 'sessions', 'status', 'doctor', 'version'] as const;
const ofAgents = ['trace', ...lists, 'stop'] as const;
const ofCluster = [...ofAgents, 'deploy', 'undeploy'] as const;
const everywhere = commandNames;

const target = { section: 'targets', commands: trace, cluster: true } as const;
const packet = { type: 'string', section: 'packets', commands: trace } as const;
const functions = { section: 'functions', commands: ['trace', 'functions'] } as const;
const output = { section: 'output', commands: trace } as const;
const connection = {
  type: 'string',
  section: 'connection',
  commands: ofCluster,
  cluster: true,
} as const;
const installation = { section: 'agents', commands: ['deploy'] } as const;

/** All flags of all sub-commands, in the order of the help texts. A name means the same wherever it is allowed. */
export const flagTable = {
  namespace: {
    ...{ ...connection, section: 'targets', short: 'n', value: 'NAME' },
    about: "namespace of the pods (default: the context's)",
  },
  'all-namespaces': {
    ...{ ...target, type: 'boolean', short: 'A' },
    about: 'pods of all namespaces',
  },
  all: { ...target, type: 'boolean', about: 'all pods of the namespace' },
  selector: {
    ...{ ...target, type: 'string', short: 'l', value: 'QUERY' },
    about: 'pods whose labels match: a=b, a!=b, a in (b,c), a, !a',
  },
  'field-selector': {
    ...{ ...target, type: 'string', value: 'QUERY' },
    about: 'pods whose fields match, such as spec.nodeName=n1',
  },
  node: {
    ...{ type: 'string', value: 'A,B', repeatable: true, section: 'targets', cluster: true },
    commands: ofAgents,
    about: 'only these nodes; in a trace without targets: all their packets',
  },
  'all-nodes': {
    ...{ ...target, type: 'boolean' },
    about: 'every node, whole; with svc/NAME: clients on every node',
  },
  'all-ports': {
    ...{ ...target, type: 'boolean' },
    about: 'with svc/NAME: all packets of its pods (default: of its ports, without a filter)',
  },
  'max-nodes': {
    ...{ ...target, type: 'string', value: 'N' },
    about: 'refuse to trace more nodes than that (default 50)',
  },
  'host-network': {
    ...{ ...target, type: 'string', value: 'node' },
    about: 'for a pod on the host network trace its whole node, instead of refusing it',
  },
  from: {
    ...{ ...packet, section: 'targets', value: 'TARGET' },
    about: 'only packets from this pod, workload, service, IP or CIDR',
  },
  to: {
    ...{ ...packet, section: 'targets', value: 'TARGET' },
    about: 'only packets to it',
  },

  local: {
    ...{ type: 'boolean', section: 'agents', commands: ofAgents },
    about: 'this machine, by an agent inside this command',
  },
  agent: {
    ...{ type: 'string', section: 'agents', commands: ofAgents, value: 'ADDRESS' },
    about: 'ask the agent at unix:PATH or HOST:PORT',
  },
  'agent-namespace': {
    ...{ type: 'string', section: 'agents', commands: ofCluster, cluster: true, value: 'NAME' },
    about: 'namespace of the agents (default pwru); -n too, with commands that look for no pods',
  },
  image: {
    ...{ ...installation, type: 'string', value: 'IMAGE' },
    about: "the agent's container image",
  },
  'node-selector': {
    ...{ ...installation, type: 'string', value: 'A=B,C=D' },
    about: 'agents only on nodes with these labels',
  },
  'runtime-socket': {
    ...{ ...installation, type: 'boolean' },
    about: 'agents ask the container runtime (default true)',
  },
  'print-only': {
    ...{ ...installation, type: 'boolean' },
    about: 'print the manifests, apply nothing',
  },
  wait: {
    ...{ type: 'boolean', section: 'agents', commands: ['deploy', 'undeploy'] },
    about: 'return when all is done (default true)',
  },
  client: {
    ...{ type: 'boolean', section: 'agents', commands: ['version'] },
    about: "only this program's version",
  },

  filter: { ...packet, value: 'EXPR', about: 'the FILTER, as a flag' },
  src: { ...packet, value: 'IP[/BITS]', about: 'source address or network' },
  dst: { ...packet, value: 'IP[/BITS]', about: 'destination address or network' },
  host: { ...packet, value: 'IP[/BITS]', about: 'either of them' },
  'src-port': { ...packet, value: 'PORTS', about: 'source port, as 80, 8000-8080 or 80,443' },
  'dst-port': { ...packet, value: 'PORTS', about: 'destination port, the same' },
  port: { ...packet, value: 'PORTS', about: 'either of them' },
  proto: { ...packet, value: 'NAME', about: 'tcp, udp, icmp, icmp6 or sctp' },
  'tcp-flags': {
    ...{ ...packet, value: 'A,!B' },
    about:
      'TCP, IPv4 and IPv6 (no extension headers), with flag A and without B: fin, syn, rst, psh, ack, urg, ece, cwr',
  },
  mark: { ...packet, value: 'V[/MASK]', about: 'skb mark, decimal or 0x hexadecimal' },
  ifname: { ...packet, value: 'NAME', about: 'packets on the interface of that name' },
  drops: {
    ...{ ...packet, type: 'boolean', choices: ['all'] },
    about: 'only lost packets, with their whole way; =all: copies, purged queues and messages too',
  },
  track: {
    ...{ ...packet, type: 'boolean' },
    about:
      'follow a packet once admitted, also into other namespaces (default for pods and services)',
  },
  'no-track': { ...packet, type: 'boolean', about: 'do not' },

  func: {
    ...{ ...functions, type: 'string', value: 'REGEX' },
    about: 'functions whose whole name matches (RE2)',
  },
  kmods: {
    ...{ ...functions, type: 'string', value: 'A,B' },
    about: 'functions of these modules too; a trace adds them when they come',
  },
  'all-kmods': {
    ...{ ...functions, type: 'boolean' },
    about: 'functions of all modules too; a trace adds those that come',
  },
  backend: {
    ...{ ...functions, type: 'string', value: 'NAME' },
    about: 'kprobe.multi, kprobe or tracepoint (default: the best)',
  },

  output: {
    ...{ type: 'string', short: 'o', value: 'FORMAT', section: 'output' },
    commands: ['trace', ...lists],
    about: 'table (default) or json (one object per line)',
  },
  timestamp: {
    ...{ ...output, type: 'string', value: 'MODE' },
    about:
      "none (default), absolute (UTC), relative (since the packet's first event) or delta (since its previous one)",
  },
  stack: { ...output, type: 'boolean', about: 'print the call stack of every event' },
  'no-resolve': {
    ...{ ...output, type: 'boolean' },
    about: 'addresses as they are, no names of pods, services and nodes',
  },
  sort: {
    ...{ ...output, type: 'string', value: 'ORDER' },
    about: 'time (default) or none: as the nodes deliver',
  },
  'sort-window': {
    ...{ ...output, type: 'string', value: 'TIME' },
    about: 'wait that long for a node that lags behind (default 250ms)',
  },
  'include-status': {
    ...{ ...output, type: 'boolean' },
    about: 'with -o json: the state of the nodes in the stream too',
  },
  'include-packet-ends': {
    ...{ ...output, type: 'boolean' },
    about: 'with -o json: how each packet ended, too',
  },
  limit: { ...output, type: 'string', value: 'N', about: 'stop after N events' },
  timeout: {
    ...{ type: 'string', value: 'TIME', section: 'output' },
    commands: ['trace', 'deploy', 'undeploy'],
    about: 'stop after 30s, 2m, 1h30m; plain numbers are seconds',
  },
  'dry-run': {
    ...{ ...output, type: 'boolean' },
    about: 'print targets, nodes, functions and permissions; attach nothing',
  },
  'no-headers': {
    ...{ type: 'boolean', section: 'output', commands: ['trace', ...lists] },
    about: 'no header line',
  },
  quiet: {
    ...{ ...output, type: 'boolean', short: 'q' },
    about: 'no progress and no summary on standard error',
  },
  help: {
    ...{ type: 'boolean', short: 'h', section: 'output', commands: everywhere },
    about: 'print this',
  },
  version: {
    ...{ ...output, type: 'boolean' },
    about: 'print the version of this program',
  },

  kubeconfig: { ...connection, value: 'PATH', about: 'kubeconfig file' },
  context: { ...connection, value: 'NAME', about: 'context of the kubeconfig' },
  cluster: { ...connection, value: 'NAME', about: 'cluster of the kubeconfig' },
  user: { ...connection, value: 'NAME', about: 'user of the kubeconfig' },
  server: { ...connection, short: 's', value: 'URL', about: 'address of the API server' },
  'tls-server-name': { ...connection, value: 'NAME', about: "name in the server's certificate" },
  'insecure-skip-tls-verify': {
    ...{ ...connection, type: 'boolean' },
    about: "do not check the server's certificate",
  },
  'certificate-authority': { ...connection, value: 'PATH', about: 'certificate authority' },
  'client-certificate': { ...connection, value: 'PATH', about: 'client certificate' },
  'client-key': { ...connection, value: 'PATH', about: 'client key' },
  token: { ...connection, value: 'TOKEN', about: 'bearer token' },
  username: { ...connection, value: 'NAME', about: 'user name for basic authentication' },
  password: { ...connection, value: 'TEXT', about: 'password for basic authentication' },
  as: { ...connection, value: 'NAME', about: 'user to impersonate' },
  'as-group': { ...connection, value: 'NAME', repeatable: true, about: 'group to impersonate' },
  'as-uid': { ...connection, value: 'UID', about: 'uid to impersonate' },
  'request-timeout': {
    ...{ ...connection, value: 'TIME' },
    about: 'give up on one request after that long (default 0: never)',
  },
} as const satisfies Record<string, FlagSpec>;

type FlagTable = typeof flagTable;
export type FlagName = keyof FlagTable;
export type TextFlag = {
  [N in FlagName]: FlagTable[N]['type'] extends 'string' ? N : never;
}[FlagName];
export type SwitchFlag = Exclude<FlagName, TextFlag>;

/** Whether --namespace is about pods; with other commands it is where the agents are. */
export function looksForPods(command: CommandName): boolean {
  return command === 'trace' || command === 'doctor';
}

export function isFlagName(name: string): name is FlagName {
  return Object.hasOwn(flagTable, name);
}

/** The flag as a FlagSpec, whose optional parts can be asked for. */
export function flagSpec(name: FlagName): FlagSpec {
  return flagTable[name];
}

/** All flags that a sub-command takes, in the order of the help texts. */
export function flagsOf(command: CommandName): FlagName[] {
  return Object.keys(flagTable)
    .filter(isFlagName)
    .filter((name) => flagSpec(name).commands.includes(command));
}
