import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { NetworkNamespace, namedNamespace } from './netns.ts';

const ownInode = statSync('/proc/self/ns/net').ino;

/** A node's folders with one named namespace and one process, both in this process' own namespace. */
function makeNode() {
  const root = mkdtempSync(join(tmpdir(), 'pwru-node-'));
  mkdirSync(join(root, 'run/netns'), { recursive: true });
  mkdirSync(join(root, 'proc/4000000/ns'), { recursive: true });
  symlinkSync('/proc/self/ns/net', join(root, 'run/netns/blue'));
  symlinkSync('/proc/self/ns/net', join(root, 'proc/4000000/ns/net'));
  return {
    folders: { run: join(root, 'run'), proc: join(root, 'proc') },
    [Symbol.dispose]: () => rmSync(root, { recursive: true }),
  };
}

describe("with the node's folders", () => {
  test('names are those of the node', () => {
    using node = makeNode();
    using found = NetworkNamespace.named('blue', node.folders);
    expect(found).toMatchObject({ inode: ownInode, label: 'blue' });
    expect(namedNamespace(ownInode, node.folders)).toBe('blue');
    expect(() => NetworkNamespace.named('red', node.folders)).toThrow(
      `under ${node.folders.run}/netns`,
    );
  });

  test('numbers of processes are those of the node', () => {
    using node = makeNode();
    using found = NetworkNamespace.ofProcess(4_000_000, node.folders);
    expect(found).toMatchObject({ inode: ownInode, label: 'pid/4000000' });
    expect(() => NetworkNamespace.ofProcess(process.pid, node.folders)).toThrow(
      `Cannot find process ${process.pid}`,
    );
  });
});

describe("without the node's folders, in a pod", () => {
  const folders = { run: undefined, proc: undefined };

  test("nothing is taken for the node's that is the pod's own", () => {
    expect(() => NetworkNamespace.named('blue', folders)).toThrow(
      expect.objectContaining({
        code: 'NOT_FOUND',
        message:
          'Cannot find network namespace "blue" of the node: this agent does not see the node\'s /run (--host-run)',
      }),
    );
    expect(() => NetworkNamespace.ofProcess(1, folders)).toThrow(/node's \/proc \(--host-proc\)/);
    expect(namedNamespace(ownInode, folders)).toBe('');
  });
});
