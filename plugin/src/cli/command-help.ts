import type { CommandName, Section } from './flag-table.ts';

/** The part of a sub-command's help text that is not about its flags. */
export interface CommandHelp {
  /** One line for the list of sub-commands and for completion. */
  readonly summary: string;
  readonly about: string;
  /** After `kubectl pwru `. */
  readonly usage: readonly string[];
  /** What it does, and the line after `kubectl pwru `. */
  readonly examples: ReadonlyArray<readonly [what: string, line: string]>;
  readonly headings?: Partial<Readonly<Record<Section, string>>>;
  readonly footer?: string;
}

const summaries: Readonly<Record<CommandName, string>> = {
  trace: 'print the way of packets through the kernel (default)',
  functions: 'list the functions that a trace would probe',
  sessions: 'list the traces that are running, and whose they are',
  stop: 'end traces, also those of others',
  status: 'list the agents with their versions, kernels and backends',
  doctor: 'say what is missing, and what helps',
  deploy: 'install or update the agents',
  undeploy: 'remove them',
  version: 'print the versions of this program and of the agents',
  completion: 'print the script that completes command lines in a shell',
};

const commandList = Object.entries(summaries)
  .map(([name, summary]) => `  ${name.padEnd(12)}${summary}`)
  .join('\n');

const exitCodes = `Exit codes: 0 done, 1 failure (no such pod, kernel, privileges), 2 usage
(also no such netns, process or module), 3 partial trace (events lost, a node
not traced all the time, ended unasked), 4 forbidden, 5 no agent, 130
interrupted before tracing began.`;

/** For who has typed nothing yet. */
export const shortExamples = [
  'pod/NAME --dst-port 80     the way of its packets',
  'deploy/NAME --drops        what it loses, and why',
  '--local --drops            this machine, without a cluster',
];

export const commandHelp: Readonly<Record<CommandName, CommandHelp>> = {
  trace: {
    summary: summaries.trace,
    about: `Packet, where are you? Prints every kernel function that a packet passes, in
order, and where and why it is dropped.`,
    usage: ['[trace] [TARGET...] [flags] [-- FILTER]', 'COMMAND [flags]'],
    examples: [
      ['The way of packets to port 80 from and to pod foo', 'pod/foo --dst-port 80'],
      ['What a Deployment loses, and why, also while it is rolled out', 'deploy/web --drops'],
      ['From a pod to a service, before and behind its address', 'pod/client --to svc/web'],
      [
        'Connection attempts of all pods with a label, as JSON',
        "-l app=web -o json --tcp-flags 'syn,!ack'",
      ],
      ['What would be traced, and may I? Attaches nothing', '-n shop --all --dry-run'],
      ['A whole node, for ten seconds', 'node/n1 --timeout 10s -- icmp'],
      ['Where does this machine drop packets? Without a cluster', '--local --drops'],
    ],
    headings: {
      targets: `Targets: NAME of a pod, or KIND/NAME with pod, deploy, sts, ds, rs, rc, job,
cronjob, svc or node; also NAMESPACE/KIND/NAME. Without a cluster netns/NAME
(under /run/netns) or pid/N; with --local also none, for the whole host.`,
      packets: `Packets, all of these must match; FILTER is a pcap-filter(7) expression:`,
      agents:
        'Agents (default: of the cluster that kubectl would ask, else for targets\nof a machine --local):',
    },
    footer: `PROCESS: (NAME:PID) was only interrupted, of NAME:PID? that is not known.

Commands (kubectl pwru COMMAND --help):
${commandList}

${exitCodes}`,
  },
  functions: {
    summary: summaries.functions,
    about: 'Lists the kernel functions that a trace on a node would probe.',
    usage: ['functions [REGEX] [flags]'],
    examples: [
      ['Functions of TCP on any node', "functions 'tcp_.*'"],
      ['On this machine, those of modules too', 'functions --local --all-kmods'],
    ],
  },
  sessions: {
    summary: summaries.sessions,
    about: 'Lists the traces that are running, with their filters and owners.',
    usage: ['sessions [flags]'],
    examples: [
      ['On all nodes', 'sessions'],
      ['On one node, as JSON', 'sessions --node n1 -o json'],
    ],
  },
  stop: {
    summary: summaries.stop,
    about: 'Ends traces as if their owners had stopped them.',
    usage: ['stop [NODE/]ID... [flags]'],
    examples: [
      ['A session of "kubectl pwru sessions", by as much of its id as only it has', 'stop 3f2a9c'],
      ['The same, without asking every node', 'stop n1/3f2a9c'],
    ],
  },
  status: {
    summary: summaries.status,
    about: 'Lists the nodes with their agents: version, kernel, backends, sessions.',
    usage: ['status [flags]'],
    examples: [
      ['All nodes', 'status'],
      ['Only these', 'status --node n1,n2'],
    ],
  },
  doctor: {
    summary: summaries.doctor,
    about:
      'Looks for what is missing (agents, permissions, kernel features, the container\nruntime), and says for each what helps.',
    usage: ['doctor [flags]'],
    examples: [
      ['The cluster', 'doctor'],
      ['This machine', 'doctor --local'],
    ],
  },
  deploy: {
    summary: summaries.deploy,
    about: 'Installs the agents, or brings them up to date, by server-side apply.',
    usage: ['deploy [flags]'],
    examples: [
      ['Install, and wait until every node has one', 'deploy --image IMAGE'],
      ['Read first what would be applied', 'deploy --print-only'],
      ['Only on some nodes', 'deploy --image IMAGE --node-selector pool=edge'],
      ['In another namespace than pwru', 'deploy --image IMAGE -n monitoring'],
      ["Without the container runtime's socket", 'deploy --image IMAGE --runtime-socket=false'],
    ],
    headings: { output: 'Waiting:' },
  },
  undeploy: {
    summary: summaries.undeploy,
    about: 'Removes the agents and all that "kubectl pwru deploy" applied.',
    usage: ['undeploy [flags]'],
    examples: [['And do not wait until all is gone', 'undeploy --wait=false']],
    headings: { output: 'Waiting:' },
  },
  version: {
    summary: summaries.version,
    about: 'Prints the version of this program, and of the agents.',
    usage: ['version [flags]'],
    examples: [['Without asking a cluster', 'version --client']],
  },
  completion: {
    summary: summaries.completion,
    about:
      'Prints the script that completes command lines of kubectl-pwru in a shell, or\nthe program that kubectl runs to complete "kubectl pwru".',
    usage: ['completion bash|zsh|fish|kubectl'],
    examples: [
      [
        'For "kubectl pwru" (kubectl 1.26 or newer); chmod +x it in a folder of $PATH',
        'completion kubectl > kubectl_complete-pwru',
      ],
      ['For kubectl-pwru in bash', 'completion bash > /etc/bash_completion.d/kubectl-pwru'],
    ],
    headings: { output: 'Flags:' },
  },
};
