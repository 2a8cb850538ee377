import Long from 'long';
import { describe, expect, test } from 'vitest';
import { pwru } from '../../../../proto/gen/pwru.js';
import { PwruError } from '../../core/errors.ts';
import { parseStart } from './parse-start.ts';

type StartTrace = pwru.v1.StartTrace.$Properties;

const MAX_DURATION_MS = 3_600_000;

/** As it comes from the wire: encoded and decoded. */
function parse(start: StartTrace) {
  const encoded = pwru.v1.StartTrace.encode(start).finish();
  return parseStart(pwru.v1.StartTrace.decode(encoded), MAX_DURATION_MS);
}

function mustRefuse(start: StartTrace): PwruError {
  try {
    parse(start);
  } catch (thrown) {
    if (thrown instanceof PwruError) return thrown;
    throw thrown;
  }
  throw new Error('parseStart took it');
}

const uint64 = (value: number) => Long.fromNumber(value, true);

describe('parseStart', () => {
  test('an empty request traces every packet of the host for as long as the agent allows', () => {
    expect(parse({})).toEqual({
      targets: [],
      filter: '',
      functionRegex: undefined,
      backend: undefined,
      modules: [],
      mark: undefined,
      interfaceName: undefined,
      track: false,
      stack: false,
      dropsOnly: false,
      allDrops: false,
      tellsEnds: false,
      maxDurationMs: MAX_DURATION_MS,
      ringBudgetBytes: 64 * 1024 * 1024,
      mayShrinkRings: true,
      heldShare: 1,
      pods: undefined,
      watermarkIntervalMs: undefined,
      shortRepeats: false,
      expectsPods: false,
      clientName: '',
    });
  });

  test('every field is carried over', () => {
    const spec = parse({
      targets: [{ netnsName: 'blue' }, { pid: 17 }],
      filter: '  tcp port 80\n',
      functionRegex: 'ip_.*',
      backend: 'kprobe.multi',
      modules: ['nf-conntrack', 'nf_conntrack', 'veth'],
      mark: { value: 0xffff_ffff, mask: 0x8000_0000 },
      interfaceName: 'eth0.100@if5',
      track: true,
      stack: true,
      dropsOnly: true,
      allDrops: true,
      maxDurationMs: uint64(1),
      ringBudgetBytes: uint64(1024 * 1024),
      clientName: 'ci',
    });
    expect(spec).toMatchObject({
      targets: [
        { kind: 'netns', name: 'blue' },
        { kind: 'pid', pid: 17 },
      ],
      filter: 'tcp port 80',
      backend: 'kprobe.multi',
      modules: ['nf_conntrack', 'veth'],
      mark: { value: 0xffff_ffff, mask: 0x8000_0000 },
      interfaceName: 'eth0.100@if5',
      track: true,
      stack: true,
      dropsOnly: true,
      allDrops: true,
      maxDurationMs: 1,
      ringBudgetBytes: 1024 * 1024,
      mayShrinkRings: false,
      heldShare: 1,
      clientName: 'ci',
    });
    expect(spec.functionRegex?.matches('ip_rcv')).toBe(true);
    expect(spec.functionRegex?.matches('xip_rcv')).toBe(false);
  });

  test('the result is frozen', () => {
    const spec = parse({ targets: [{ pid: 1 }], modules: ['a'], mark: { mask: 1 } });
    for (const part of [spec, spec.targets, spec.targets[0], spec.modules, spec.mark]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });

  test('pods stand beside other targets, and pods_only is a session without any yet', () => {
    const pod = { namespace: 'demo', name: 'web-0' };
    const spec = parse({
      targets: [
        { pod: { ...pod, uid: 'a-1', hostNetwork: pwru.v1.HostNetwork.HOST_NETWORK_NODE } },
        { pid: 17 },
        { pod: { ...pod, addressesOnly: true } },
      ],
      watermarkIntervalMs: 100,
      shortRepeats: true,
      addresses: [Uint8Array.of(10, 96, 0, 1)],
      ports: [
        { port: 30_080, protocol: 6 },
        { address: Uint8Array.of(203, 0, 113, 7), port: 80, protocol: 17 },
      ],
    });
    expect(spec.targets).toEqual([{ kind: 'pid', pid: 17 }]);
    expect(spec.pods).toEqual({
      targets: [
        { ...pod, uid: 'a-1', tracesNode: true, addressesOnly: false },
        { ...pod, uid: '', tracesNode: false, addressesOnly: true },
      ],
      addresses: [Uint8Array.of(10, 96, 0, 1)],
      ports: [
        { address: undefined, port: 30_080, protocol: 6 },
        { address: Uint8Array.of(203, 0, 113, 7), port: 80, protocol: 17 },
      ],
    });
    expect(spec.watermarkIntervalMs).toBe(100);
    expect(spec.shortRepeats).toBe(true);
    expect(parse({ podsOnly: true }).pods).toEqual({ targets: [], addresses: [], ports: [] });
  });

  test('all_modules takes all, whatever modules are named', () => {
    expect(parse({ allModules: true, modules: ['veth'] }).modules).toBe('all');
  });

  test.each<{ name: string; start: StartTrace }>([
    { name: '64 targets', start: { targets: Array(64).fill({ pid: 1 }) } },
    { name: 'a filter of 16 KiB', start: { filter: 'x'.repeat(16_384) } },
    { name: 'an expression of 4 KiB', start: { functionRegex: 'x'.repeat(4_096) } },
    { name: 'an interface name of 15 bytes', start: { interfaceName: 'x'.repeat(15) } },
    { name: 'a netns name of 255 bytes', start: { targets: [{ netnsName: 'x'.repeat(255) }] } },
    { name: 'a netns name of three dots', start: { targets: [{ netnsName: '...' }] } },
    { name: 'the largest pid', start: { targets: [{ pid: 4_194_304 }] } },
    { name: 'a module name of 56 bytes', start: { modules: ['x'.repeat(56)] } },
    { name: 'a client name of 256 bytes', start: { clientName: 'é'.repeat(128) } },
    { name: 'the longest duration', start: { maxDurationMs: uint64(MAX_DURATION_MS) } },
    {
      name: '512 pods',
      start: { targets: Array(512).fill({ pod: { namespace: 'a', name: 'b' } }) },
    },
    { name: 'a ring budget of 1 GiB', start: { ringBudgetBytes: uint64(1024 ** 3) } },
  ])('takes $name', ({ start }) => {
    expect(() => parse(start)).not.toThrow();
  });

  test.each<{ name: string; start: StartTrace; field: string; says: string }>([
    {
      name: '65 targets',
      start: { targets: Array(65).fill({ pid: 1 }) },
      field: 'targets',
      says: 'there are 65, the limit is 64',
    },
    {
      name: 'a target that names nothing',
      start: { targets: [{ pid: 1 }, {}] },
      field: 'targets[1]',
      says: 'names nothing that this agent knows',
    },
    {
      name: '513 pods',
      start: { targets: Array(513).fill({ pod: { namespace: 'a', name: 'b' } }) },
      field: 'targets',
      says: 'there are 513, the limit is 512',
    },
    {
      name: '513 ports',
      start: { podsOnly: true, ports: Array(513).fill({ port: 1, protocol: 6 }) },
      field: 'ports',
      says: 'there are 513, the limit is 512',
    },
    {
      name: 'ports without pods',
      start: { ports: [{ port: 1, protocol: 6 }] },
      field: 'ports',
      says: 'they need pods_only or a pod target',
    },
    ...[
      { field: 'address', address: Uint8Array.of(1, 2), says: 'it has 2 bytes, not 4 or 16' },
      { field: 'port', port: 0, says: 'it is 1 to 65535' },
      { field: 'port', port: 65_536, says: 'it is 1 to 65535' },
      { field: 'protocol', protocol: 1, says: 'it is one of 6, 17, 132' },
    ].map(({ field, says, ...part }) => ({
      ...{ name: `a port whose ${field} is wrong`, says, field: `ports[1].${field}` },
      start: {
        podsOnly: true,
        ports: [
          { port: 1, protocol: 6 },
          { port: 1, protocol: 6, ...part },
        ],
      },
    })),
    ...['', 'A', 'a/b', '-a', 'a b', 'x'.repeat(64)].map((namespace) => ({
      name: `pod namespace ${JSON.stringify(namespace)}`,
      start: { targets: [{ pid: 1 }, { pod: { namespace, name: 'a' } }] },
      field: 'targets[1].pod.namespace',
      says: 'pod namespace',
    })),
    {
      name: 'a pod without a name',
      start: { targets: [{ pod: { namespace: 'a' } }] },
      field: 'targets[0].pod.name',
      says: 'it must consist of',
    },
    {
      name: 'a pod uid with a slash',
      start: { targets: [{ pod: { namespace: 'a', name: 'b', uid: '../x' } }] },
      field: 'targets[0].pod.uid',
      says: 'letters, digits',
    },
    {
      name: 'an unknown host network mode',
      start: { targets: [{ pod: { namespace: 'a', name: 'b', hostNetwork: 9 } }] },
      field: 'targets[0].pod.host_network',
      says: 'knows none of this number',
    },
    {
      name: 'an address of 5 bytes',
      start: { podsOnly: true, addresses: [new Uint8Array(4), new Uint8Array(5)] },
      field: 'addresses[1]',
      says: 'it has 5 bytes',
    },
    {
      name: '257 addresses',
      start: { podsOnly: true, addresses: Array(257).fill(new Uint8Array(4)) },
      field: 'addresses',
      says: 'the limit is 256',
    },
    {
      name: 'addresses without pods',
      start: { targets: [{ pid: 1 }], addresses: [new Uint8Array(4)] },
      field: 'addresses',
      says: 'they need pods_only',
    },
    {
      name: 'pods_only with another target',
      start: { targets: [{ pid: 1 }], podsOnly: true },
      field: 'pods_only',
      says: 'a target that is no pod',
    },
    ...[19, 10_001].map((watermarkIntervalMs) => ({
      name: `a watermark every ${watermarkIntervalMs} ms`,
      start: { watermarkIntervalMs },
      field: 'watermark_interval_ms',
      says: 'from 20 to 10000 ms',
    })),
    ...['', '.', '..', 'a/b', '/run/netns/a'].map((netnsName) => ({
      name: `netns ${JSON.stringify(netnsName)}`,
      start: { targets: [{ netnsName }] },
      field: 'targets[0].netns_name',
      says: 'one file name under /run/netns',
    })),
    {
      name: 'a netns name of 256 bytes',
      start: { targets: [{ netnsName: 'x'.repeat(256) }] },
      field: 'targets[0].netns_name',
      says: '256 bytes, the limit is 255',
    },
    {
      name: 'a netns name with NUL',
      start: { targets: [{ netnsName: 'a\0b' }] },
      field: 'targets[0].netns_name',
      says: 'NUL byte at position 1',
    },
    {
      name: 'pid 0',
      start: { targets: [{ pid: 0 }] },
      field: 'targets[0].pid',
      says: 'from 1 to 4194304',
    },
    {
      name: 'a pid too large',
      start: { targets: [{ pid: 4_194_305 }] },
      field: 'targets[0].pid',
      says: '4194305',
    },
    {
      name: 'a filter of 16 KiB and one byte',
      start: { filter: 'x'.repeat(16_385) },
      field: 'filter',
      says: '16385 bytes, the limit is 16384',
    },
    {
      name: 'a filter of few characters and many bytes',
      start: { filter: '€'.repeat(6_000) },
      field: 'filter',
      says: '18000 bytes',
    },
    { name: 'a filter with NUL', start: { filter: 'tcp\0' }, field: 'filter', says: 'position 3' },
    {
      name: 'an expression too long',
      start: { functionRegex: 'x'.repeat(4_097) },
      field: 'function_regex',
      says: 'limit is 4096',
    },
    {
      name: 'an unknown backend',
      start: { backend: 'fprobe' },
      field: 'backend',
      says: 'Unknown backend "fprobe": known are kprobe.multi, kprobe, tracepoint',
    },
    {
      name: 'an unknown backend of a kilobyte',
      start: { backend: 'x'.repeat(1_000) },
      field: 'backend',
      says: 'limit is 64',
    },
    {
      name: '513 modules',
      start: { modules: Array(513).fill('a') },
      field: 'modules',
      says: 'limit is 512',
    },
    ...['', 'a b', '../x', 'é', 'x'.repeat(57), 'a\0'].map((module) => ({
      name: `module ${JSON.stringify(module)}`,
      start: { modules: ['veth', module] },
      field: 'modules[1]',
      says: '1 to 56 letters',
    })),
    {
      name: 'a mask of 0',
      start: { mark: { value: 5 } },
      field: 'mark.mask',
      says: 'every packet would match',
    },
    {
      name: 'an interface name of 16 bytes',
      start: { interfaceName: 'x'.repeat(16) },
      field: 'interface_name',
      says: 'the limit is 15',
    },
    ...['a/b', 'a b', 'a:b', '.', '..', 'a\tb'].map((interfaceName) => ({
      name: `interface ${JSON.stringify(interfaceName)}`,
      start: { interfaceName },
      field: 'interface_name',
      says: 'the kernel allows no',
    })),
    {
      name: 'a duration beyond the agent',
      start: { maxDurationMs: uint64(MAX_DURATION_MS + 1) },
      field: 'max_duration_ms',
      says: 'at most 3600000 ms',
    },
    {
      name: 'the largest duration of the wire',
      start: { maxDurationMs: Long.MAX_UNSIGNED_VALUE },
      field: 'max_duration_ms',
      says: 'at most 3600000 ms',
    },
    {
      name: 'a ring budget below 1 MiB',
      start: { ringBudgetBytes: uint64(1024 * 1024 - 1) },
      field: 'ring_budget_bytes',
      says: 'from 1048576 to 1073741824',
    },
    {
      name: 'a ring budget beyond 1 GiB',
      start: { ringBudgetBytes: uint64(1024 ** 3 + 1) },
      field: 'ring_budget_bytes',
      says: 'from 1048576 to 1073741824',
    },
    {
      name: 'a client name of 257 bytes',
      start: { clientName: 'x'.repeat(257) },
      field: 'client_name',
      says: '257 bytes',
    },
  ])('refuses $name', ({ start, field, says }) => {
    const error = mustRefuse(start);
    expect(error.code).toBe('INVALID_ARGUMENT');
    expect(error.details.field).toBe(`start.${field}`);
    expect(error.message).toContain(says);
    expect(error.message).not.toMatch(/\.$|\0/);
  });

  test.each([
    { expression: 'ip_(rcv', says: 'missing closing )', position: undefined },
    { expression: 'x[z-a]', says: 'invalid character class range', position: 2 },
    { expression: 'a{1001}', says: 'invalid repeat count', position: 1 },
    { expression: '(?=look)', says: 'RE2 syntax', position: 0 },
    {
      expression: `${'('.repeat(2_000)}${')'.repeat(2_000)}`,
      says: 'nests too deeply',
      position: undefined,
    },
  ])('refuses the expression $expression', ({ expression, says, position }) => {
    const error = mustRefuse({ functionRegex: expression });
    expect(error.code).toBe('REGEX_SYNTAX');
    expect(error.message).toContain(says);
    expect(error.details.field).toBe('start.function_regex');
    expect(error.details.position).toBe(position);
  });

  test('an expression that backtracks elsewhere is matched in linear time', () => {
    const spec = parse({ functionRegex: '(a*)*b' });
    const beganAtMs = performance.now();
    expect(spec.functionRegex?.matches('a'.repeat(5_000))).toBe(false);
    expect(performance.now() - beganAtMs).toBeLessThan(30_000);
  });
});

test.each([-1, 1.5, 2 ** 32, Number.NaN])(
  'parseStart refuses the mark %d of a client in this process',
  (value) => {
    expect(() => parseStart({ mark: { value, mask: 1 } }, MAX_DURATION_MS)).toThrow('0xffffffff');
  },
);
