import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseFlags } from '../../agent/src/agent-flags.ts';
import { PwruError } from '../../agent/src/core/errors.ts';
import { compileExpression, linkTypes } from '../../agent/src/native/libpcap.ts';
import {
  commandNames,
  type FlagName,
  flagSpec,
  flagTable,
} from '../../plugin/src/cli/flag-table.ts';
import { type Command, parseCommand } from '../../plugin/src/cli/parse-command.ts';
import { UsageError } from '../../plugin/src/cli/values.ts';
import { formatIpv4, formatIpv6, parseIpNetwork } from '../../plugin/src/events/ip-address.ts';
import { oddWords } from './edited-text.ts';
import { type FuzzSubject, property } from './fuzz-property.ts';
import { valueUnless } from './outcome.ts';

const flagNames = Object.keys(flagTable) as FlagName[];
const shortFlags = flagNames.flatMap((name) => {
  const { short } = flagSpec(name);
  return short === undefined ? [] : [`-${short}`];
});

const values = [
  ...[
    'demo',
    'app=web,tier!=db',
    'spec.nodeName=n1',
    'n1,n2',
    '50',
    'node',
    'pod/client',
    'svc/web',
  ],
  ...['10.0.0.1', '10.0.0.0/8', '2001:db8::/32', '80', '8000-8080', '80,443', 'tcp', 'syn,!ack'],
  ...[
    'unix:/run/pwru/agent.sock',
    'localhost:7456',
    '[::1]:1',
    'tcp_.*',
    'kprobe',
    'nf_tables,veth',
  ],
  ...['0x10/0xff', 'eth0', '1h30m', '500ms', '2', 'delta', 'json', 'time', 'bash', 'true', 'false'],
  ...['all', 'https://10.0.0.1:6443', '/tmp/kubeconfig', 'system:masters', 'disk=ssd', 'pwru', ''],
];
const wordsOfCommands = [
  ...commandNames,
  ...['help', '__complete', 'pod/client', 'deploy/web', 'svc/web', 'netns/blue', 'pid/1'],
  ...['client', 'tcp', 'port', '80', '--', '-', '-h', '--help'],
];

const oddValue = oddWords(values);
const flag = fc.constantFrom(...flagNames);

/** A flag with or without its value, in each of its forms. */
const flagWords = fc.oneof(
  fc.tuple(flag, oddValue).map(([name, value]) => [`--${name}`, value]),
  fc.tuple(flag, fc.constantFrom(...values)).map(([name, value]) => [`--${name}=${value}`]),
  fc.tuple(flag, oddValue).map(([name, value]) => [`--${name}=${value}`]),
  flag.map((name) => [`--${name}`]),
  fc.tuple(fc.constantFrom(...shortFlags), oddValue).map(([short, value]) => [short + value]),
  oddWords(flagNames).map((name) => [`--${name}`]),
);
const pluginLines = fc
  .tuple(
    fc.constantFrom<string[]>([], [], ['functions'], ['stop'], ['deploy'], ['status'], ['version']),
    fc.array(
      fc.oneof(
        flagWords,
        fc.constantFrom(...wordsOfCommands).map((one) => [one]),
        oddWords(wordsOfCommands).map((one) => [one]),
      ),
      { maxLength: 5 },
    ),
  )
  .map(([command, rest]) => [...command, ...rest.flat()]);

const isUsageError = (thrown: unknown) =>
  thrown instanceof UsageError && thrown.message !== '' && thrown.message.length < 20_000;

/** Every number is one that a timer or a counter takes; nothing has become longer than what was typed. */
function checkCommand(command: Command, args: readonly string[]): void {
  const text = JSON.stringify(command, (_key, value: unknown) => {
    if (typeof value === 'number') assert(Number.isSafeInteger(value) && value >= 0, `${value}`);
    return value;
  });
  assert(text.length <= 5_000 + 20 * args.join(' ').length, `${text.length}`);
}

/** Flags of which each alone, and all together, make a filter that libpcap takes. */
const packetFlags = fc.record(
  {
    proto: fc.constantFrom('tcp', 'udp', 'icmp', 'icmp6', 'sctp', 'TCP'),
    src: fc.constantFrom('10.0.0.1', '10.1.2.3/8', '0.0.0.0/0', '::1', '2001:db8::/32', '::/0'),
    dst: fc.constantFrom('10.0.0.1', '192.168.0.0/16', '::ffff:1.2.3.4', 'fe80::/10'),
    host: fc.constantFrom('1.2.3.4', '1.2.3.0/24', 'ff02::1'),
    port: fc.constantFrom('0', '80', '80,443', '8000-8080', '1-65535,53', '080'),
    'src-port': fc.constantFrom('80', '80, 443', '00-65535'),
    'dst-port': fc.constantFrom('65535', '1-1'),
    'tcp-flags': oddWords(['syn', 'syn,!ack', 'rst', 'fin,psh', 'any', 'none']),
    filter: fc.constantFrom('', 'tcp', 'tcp or udp', 'not port 22', ' vlan ', 'less 100'),
  },
  { requiredKeys: [] },
);

const isContradiction = (thrown: unknown) =>
  thrown instanceof PwruError &&
  (thrown.message.includes('expression rejects all packets') ||
    thrown.code === 'FILTER_UNSUPPORTED');

const agentValues = [
  ...[
    '/run/x.sock',
    '127.0.0.1:7456',
    ':9090',
    '[::1]:80',
    '8',
    '128',
    '90s',
    '2h',
    'n1',
    'info',
    '',
  ],
];
const agentFlagNames = [
  ...[
    'socket',
    'listen',
    'allow-remote',
    'http-address',
    'max-sessions',
    'max-duration',
    'node-name',
  ],
  ...[
    'no-kubernetes',
    'cri-socket',
    'host-run',
    'host-proc',
    'host-sys',
    'log-level',
    'version',
    'help',
  ],
];
const agentLines = fc
  .array(
    fc.oneof(
      fc
        .tuple(fc.constantFrom(...agentFlagNames), oddWords(agentValues))
        .map(([name, value]) => [`--${name}`, value]),
      fc
        .tuple(fc.constantFrom(...agentFlagNames), oddWords(agentValues))
        .map(([name, value]) => [`--${name}=${value}`]),
      oddWords([...agentFlagNames, '-h', '--', '-']).map((one) => [one]),
    ),
    { maxLength: 4 },
  )
  .map((words) => words.flat());

export const commandLines: FuzzSubject = {
  name: 'command lines',
  properties: [
    property(
      'of the plugin: a command, or a usage error',
      pluginLines,
      (args) => {
        const command = valueUnless(() => parseCommand(args), isUsageError);
        if (command !== undefined) checkCommand(command, args);
      },
      { boundedCases: 4_000 },
    ),
    property(
      'flags of packets: a filter that libpcap takes, unless no packet can meet it',
      packetFlags,
      (given) => {
        const args = Object.entries(given).map(([name, value]) => `--${name}=${value}`);
        const command = valueUnless(() => parseCommand(args), isUsageError);
        if (command?.kind !== 'trace') return;
        const { text } = command.options.filter;
        valueUnless(() => compileExpression(text, linkTypes.ethernet), isContradiction);
      },
      { boundedCases: 1_000 },
    ),
    property(
      'addresses and networks: written out, they are read as the same',
      oddWords(['10.0.0.1', '10.1.2.3/8', '2001:db8::/32', '::1', '::/0', '::ffff:1.2.3.4/97']),
      (text) => {
        const network = parseIpNetwork(text);
        if (network === undefined) return;
        const { version, address, prefixBits } = network;
        const written = version === 4 ? formatIpv4(address, 0) : formatIpv6(address, 0);
        assert.deepEqual(parseIpNetwork(`${written}/${prefixBits}`), network);
      },
      { boundedCases: 5_000 },
    ),
    property(
      'of the agent: what it is to do, or which flag is wrong',
      agentLines,
      (args) => {
        const command = valueUnless(
          () => parseFlags(args, { node: 'n', isInPod: args.length % 2 === 0 }),
          (thrown) => thrown instanceof PwruError && thrown.code === 'INVALID_ARGUMENT',
        );
        if (command?.kind !== 'serve') return;
        const { maxSessions, maxDurationMs, httpAddress } = command.flags;
        assert(maxSessions >= 1 && maxSessions <= 128);
        assert(maxDurationMs >= 1 && maxDurationMs < 2 ** 31);
        assert((httpAddress?.port ?? 0) < 65_536);
      },
      { boundedCases: 4_000 },
    ),
  ],
};
