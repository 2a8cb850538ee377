import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CriFailure } from '../../agent/src/cluster/cri/cri-methods.ts';
import { parseSandboxInfo, type SandboxInfo } from '../../agent/src/cluster/cri/sandbox-info.ts';
import answers from '../../agent/testing/containerd-answers.json' with { type: 'json' };
import { editedJson } from './edited-json.ts';
import { editedText } from './edited-text.ts';
import { type FuzzSubject, property } from './fuzz-property.ts';
import { valueUnless } from './outcome.ts';

const sandbox = {
  ...{ pid: 4_711, processStatus: 'running', netNamespaceClosed: false },
  runtimeSpec: {
    linux: { namespaces: [{ type: 'pid' }, { type: 'network', path: '/var/run/netns/cni-1' }] },
    annotations: {
      'io.kubernetes.cri-o.CNIResult': JSON.stringify({
        interfaces: [{ name: 'veth0' }, { name: 'eth0', sandbox: '/var/run/netns/cni-1' }],
      }),
    },
  },
};
const withResult = {
  ...sandbox,
  cniResult: { Interfaces: { eth0: { Sandbox: '/proc/1/ns/net' }, veth1: {}, 'a/b': null } },
};

/** The `info` of what containerd has answered. */
const recorded = [answers.pod.info, answers.hostNetworkPod.info].map((info) =>
  JSON.stringify(info),
);

const infos = fc.oneof(
  editedJson([sandbox, withResult]).map((value) => JSON.stringify(value) ?? ''),
  editedText(fc.constantFrom(...recorded, JSON.stringify(sandbox), JSON.stringify(withResult))),
);

const isMalformed = (thrown: unknown) =>
  thrown instanceof CriFailure && thrown.kind === 'malformed' && thrown.message.length < 400;

/** What is opened, signalled or looked up with these must be what it says. */
function checkInfo({ pid, namespacePath, nodeInterfaces, hasEnded }: SandboxInfo): void {
  assert(pid === undefined || (Number.isInteger(pid) && pid > 0 && pid <= 4_194_304));
  assert.match(namespacePath ?? '/', /^\/[^\0]*$/);
  assert((namespacePath ?? '').length <= 4_096);
  assert.equal(typeof hasEnded, 'boolean');
  assert(nodeInterfaces.length <= 64);
  for (const name of nodeInterfaces) {
    assert(!/[\s/:\0]/.test(name) && name !== '.' && name !== '..' && name !== '');
    assert(name.length <= 15);
  }
}

export const runtimeAnswers: FuzzSubject = {
  name: 'runtime answers',
  properties: [
    property(
      'descriptions of a sandbox: a process, a path and names that can be used, or "malformed"',
      infos,
      (info) => {
        const parsed = valueUnless(() => parseSandboxInfo({ info }), isMalformed);
        if (parsed !== undefined) checkInfo(parsed);
      },
      { boundedCases: 4_000 },
    ),
  ],
};
