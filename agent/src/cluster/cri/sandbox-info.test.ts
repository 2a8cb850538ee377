import { describe, expect, test } from 'vitest';
import answers from '../../../testing/containerd-answers.json' with { type: 'json' };
import { parseSandboxInfo } from './sandbox-info.ts';

function parse(info: unknown) {
  return parseSandboxInfo({ info: JSON.stringify(info) });
}

const nothing = {
  pid: undefined,
  namespacePath: undefined,
  hasEnded: false,
  nodeInterfaces: [],
};

const network = (path: unknown) => ({
  runtimeSpec: { linux: { namespaces: [{ type: 'pid' }, { type: 'network', path }] } },
});

describe('parseSandboxInfo', () => {
  test('takes what containerd answers of a pod', () => {
    expect(parse(answers.pod.info)).toEqual({
      pid: 146,
      namespacePath: '/var/run/netns/cni-381e6323-333c-e485-b5a9-d519433d6dbd',
      hasEnded: false,
      // The bridge is among them: names are only candidates.
      nodeInterfaces: ['cni0', 'veth2701abaa'],
    });
  });

  test('takes what containerd answers of a pod in the network of its node', () => {
    expect(parse(answers.hostNetworkPod.info)).toEqual({ ...nothing, pid: 140 });
  });

  // The form of server/sandbox_status.go and of annotations that users of CRI-O have published.
  test('takes what CRI-O answers: the result of CNI is an annotation', () => {
    const result = {
      cniVersion: '1.0.0',
      interfaces: [
        { name: 'bridge', mac: 'ce:64:08:76:88:6a' },
        { name: 'veth71b0e931', mac: '72:b7:4f:bc:e4:a4' },
        { name: 'eth0', mac: 'fe:06:00:f8:2f:4d', sandbox: '/var/run/netns/dec735d1' },
      ],
      ips: [{ interface: 2, address: '10.85.0.4/16' }],
    };
    const annotations = { 'io.kubernetes.cri-o.CNIResult': JSON.stringify(result) };
    const { runtimeSpec } = network('/var/run/netns/dec735d1');
    const expected = {
      pid: 4711,
      namespacePath: '/var/run/netns/dec735d1',
      hasEnded: false,
      nodeInterfaces: ['bridge', 'veth71b0e931'],
    };
    const complete = { ...runtimeSpec, annotations };
    expect(parse({ image: '', pid: 4711, runtimeSpec: complete })).toEqual(expected);
    // Without an infra container: no process, and perhaps no namespaces.
    expect(parse({ runtimeSpec: { annotations } })).toEqual({ ...expected, pid: undefined });
  });

  test('knows that a sandbox has ended before the runtime says so otherwise', () => {
    expect(parse({ netNamespaceClosed: true }).hasEnded).toBe(true);
    expect(parse({ processStatus: 'stopped' }).hasEnded).toBe(true);
    expect(parse({ processStatus: 'deleted' }).hasEnded).toBe(true);
    expect(parse({ processStatus: 'unknown' }).hasEnded).toBe(false);
  });

  test('is content with nothing: cri-dockerd', () => {
    expect(parseSandboxInfo({})).toEqual(nothing);
    expect(parse({})).toEqual(nothing);
    expect(parse(null)).toEqual(nothing);
    expect(parse({ cniResult: null, runtimeSpec: null })).toEqual(nothing);
  });

  test.each([['relative/path'], [''], ['/run/\0'], [`/${'x'.repeat(4096)}`], [7], [null]])(
    'passes over the path %j',
    (path) => {
      expect(parse(network(path))).toEqual(nothing);
    },
  );

  test.each([0, -1, 1.5, 2 ** 22 + 1, '7', null])('passes over the pid %j', (pid) => {
    expect(parse({ pid })).toEqual(nothing);
  });

  test('passes over names that no interface has', () => {
    const names = ['..', '.', '../../x', 'a/b', 'a b', 'a:1', '', 'sixteen-letters-', 'good'];
    const Interfaces = Object.fromEntries(names.map((name) => [name, { Sandbox: '' }]));
    expect(parse({ cniResult: { Interfaces } }).nodeInterfaces).toEqual(['good']);
  });

  test('takes no more than 64 interfaces', () => {
    const Interfaces = Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`v${i}`, {}]));
    expect(parse({ cniResult: { Interfaces } }).nodeInterfaces).toHaveLength(64);
  });

  test.each([
    ['no JSON', '{"pid":'],
    ['more than anyone can mean', 'x'.repeat((4 << 20) + 1)],
  ])('refuses %s', (_name, info) => {
    expect(() => parseSandboxInfo({ info })).toThrow(
      expect.objectContaining({ name: 'CriFailure', kind: 'malformed' }),
    );
  });
});
