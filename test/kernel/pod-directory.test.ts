import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PodDirectory } from '../../agent/src/cluster/pod-directory.ts';
import type { PodPlace } from '../../agent/src/core/pods.ts';
import { BootClock } from '../../agent/src/kernel/boot-clock.ts';
import { ip, type LabSandbox, NodeLab } from '../../agent/testing/node-lab.ts';

/*
 * The cluster layer on this machine's kernel: real namespaces, interfaces, processes and control groups, a real gRPC server
 * that answers as containerd does. The real containerd and API server are in test/cluster.
 */

let lab: NodeLab;

beforeEach(async () => {
  lab = await NodeLab.open();
});

afterEach(() => lab[Symbol.asyncDispose]());

/** What a namespace's end may take. */
const releaseMs = 2_000;
/** Within which what is notified is known: without a notification it is looked every 10 s. */
const noticeMs = 5_000;

function placeOf(directory: PodDirectory, { name }: { name: string }): PodPlace | undefined {
  return directory.pods().find(({ pod }) => pod.name === name)?.place;
}

async function until<Kind extends PodPlace['kind']>(
  directory: PodDirectory,
  pod: { name: string },
  kind: Kind,
  timeoutMs = 5_000,
): Promise<Extract<PodPlace, { kind: Kind }>> {
  return vi.waitFor(
    () => {
      const place = placeOf(directory, pod);
      if (place?.kind !== kind) throw new Error(`${pod.name} is ${JSON.stringify(place)}`);
      return place as Extract<PodPlace, { kind: Kind }>;
    },
    { timeout: timeoutMs, interval: 20 },
  );
}

/** Inode numbers of the network namespaces that this process holds open. A link says "net:[...]" or names a bind mount. */
function openNamespaces(): number[] {
  const { dev } = statSync('/proc/self/ns/net');
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    const stat = statSync(`/proc/self/fd/${fd}`, { throwIfNoEntry: false });
    return stat?.dev === dev ? [stat.ino] : [];
  });
}

const clock = new BootClock();

const newInodes = (directory: PodDirectory) =>
  directory.newNamespaces().map(({ netns }) => netns.inode);

const ownInode = () => statSync('/proc/self/ns/net').ino;

const groupOf = ({ uid, id }: LabSandbox) => `kubepods/burstable/pod${uid}/${id}`;

describe('by the runtime', () => {
  test('finds namespace, addresses and the end of the pair on the node', async () => {
    const pod = await lab.pod('client');
    await using directory = lab.directory();
    const { sandbox } = await until(directory, pod, 'sandbox');
    expect(sandbox).toMatchObject({ method: 'cri' });
    expect(sandbox.netns.inode).toBe(pod.inode);
    expect(sandbox.netns.label).toBe('demo/client');
    expect(sandbox.addresses).toEqual([Uint8Array.from(pod.address.split('.'), Number)]);
    // The bridge is no end of a pair, though CNI names it as well.
    expect(sandbox.hostInterfaces).toEqual([{ netnsInode: ownInode(), index: pod.interfaceIndex }]);
    expect(directory.nodeNamespace?.inode).toBe(ownInode());
    expect(new Set(openNamespaces())).toEqual(new Set([pod.inode, ownInode()]));
    expect(directory.trackedNamespaces).toBe(1);
    expect(directory.status()).toMatchObject({
      watch: { synced: true, error: undefined },
      runtime: { name: 'test v1.2.3', socket: lab.cri.socket, error: undefined },
      nodeNamespaceError: undefined,
    });
    expect(directory.counters.resolves.cri).toEqual({ found: 1, gone: 0, failed: 0 });
  });

  test('finds the pair without the names of CNI, by its inner end', async () => {
    const pod = await lab.sandbox('client');
    lab.cri.put(pod.served({ cniResult: null }));
    lab.api.put(pod.pod());
    await using directory = lab.directory();
    const { sandbox } = await until(directory, pod, 'sandbox');
    expect(sandbox.hostInterfaces).toEqual([{ netnsInode: ownInode(), index: pod.interfaceIndex }]);
  });

  test('finds the pair by the names of CNI where the inside cannot be seen', async () => {
    const pod = await lab.sandbox('client');
    lab.cri.put(pod.served({ pid: 0 }));
    lab.api.put(pod.pod());
    await using directory = lab.directory();
    const { sandbox } = await until(directory, pod, 'sandbox');
    expect(sandbox.hostInterfaces).toEqual([{ netnsInode: ownInode(), index: pod.interfaceIndex }]);
  });

  test('never takes the parent of a macvlan, a bridge or another pod’s pair', async () => {
    const parent = `pp${randomBytes(4).toString('hex')}`;
    await ip('link', 'add', parent, 'type', 'veth', 'peer', 'name', `${parent}-peer`);
    lab.defer(() => ip('link', 'del', parent));
    const other = await lab.pod('other');
    const pod = await lab.sandbox('client');
    await ip('link', 'del', pod.interface);
    await ip('link', 'add', 'mv', 'link', parent, 'type', 'macvlan');
    await ip('link', 'set', 'mv', 'netns', pod.netns);
    const names = [parent, lab.bridge, 'eth0', 'lo', other.interface];
    const Interfaces = Object.fromEntries(names.map((name) => [name, { Sandbox: '' }]));
    lab.cri.put(pod.served({ cniResult: { Interfaces } }));
    lab.api.put(pod.pod());
    await using directory = lab.directory();
    const { sandbox } = await until(directory, pod, 'sandbox');
    expect(sandbox.hostInterfaces).toEqual([]);
    const { sandbox: ofOther } = await until(directory, other, 'sandbox');
    expect(ofOther.hostInterfaces.map(({ index }) => index)).toEqual([other.interfaceIndex]);
  });

  test('takes no interface that stands on another one, though CNI names it and the inside cannot be seen', async () => {
    const pod = await lab.sandbox('client');
    const [parent, macvlan] = ['pp', 'pm'].map((kind) => kind + randomBytes(4).toString('hex'));
    if (parent === undefined || macvlan === undefined) throw new Error('no names');
    await ip('link', 'add', parent, 'type', 'veth', 'peer', 'name', `${parent}-peer`);
    lab.defer(() => ip('link', 'del', parent));
    await ip('link', 'add', macvlan, 'link', parent, 'type', 'macvlan');
    const Interfaces = { [macvlan]: { Sandbox: '' }, [pod.interface]: { Sandbox: '' } };
    lab.cri.put(pod.served({ pid: 0, cniResult: { Interfaces } }));
    lab.api.put(pod.pod());
    await using directory = lab.directory();
    const { sandbox } = await until(directory, pod, 'sandbox');
    expect(sandbox.hostInterfaces).toEqual([{ netnsInode: ownInode(), index: pod.interfaceIndex }]);
  });

  test('never takes the way out of the node, where that is a pair itself', async () => {
    const node = await lab.sandbox('node');
    await ip('-n', node.netns, 'addr', 'add', '192.0.2.1/24', 'dev', 'eth0');
    await ip('-n', node.netns, 'link', 'set', 'eth0', 'up');
    await ip('-n', node.netns, 'route', 'add', 'default', 'via', '192.0.2.2');
    const pod = await lab.sandbox('client');
    await ip('link', 'set', pod.interface, 'netns', node.netns);
    const hostSys = `/proc/${node.pid}/root/sys`;
    const path = `${hostSys}/class/net/${pod.interface}/ifindex`;
    const Interfaces = { eth0: { Sandbox: '' }, [pod.interface]: { Sandbox: '' } };
    lab.cri.put(pod.served({ pid: 0, cniResult: { Interfaces } }));
    lab.api.put(pod.pod());
    await using directory = lab.directory({ nodeProcess: String(node.pid), hostSys });
    const { sandbox } = await until(directory, pod, 'sandbox');
    expect(sandbox.hostInterfaces).toEqual([
      { netnsInode: node.inode, index: Number(readFileSync(path, 'utf8')) },
    ]);
  });

  test('takes no interface from a sysfs of another namespace, even of the same name', async () => {
    const pod = await lab.sandbox('client');
    lab.cri.put(pod.served({ pid: 0 }));
    lab.api.put(pod.pod());
    const elsewhere = await lab.sandbox('elsewhere');
    await ip('-n', elsewhere.netns, 'link', 'add', pod.interface, 'type', 'veth');
    await using directory = lab.directory({ hostSys: `/proc/${elsewhere.pid}/root/sys` });
    const { sandbox } = await until(directory, pod, 'sandbox');
    expect(sandbox.hostInterfaces).toEqual([]);
  });

  test('goes through the process where the file of the namespace is not mounted', async () => {
    const pod = await lab.pod('client');
    const hostRun = `${lab.cri.socket}.run`;
    mkdirSync(`${hostRun}/netns`, { recursive: true });
    writeFileSync(`${hostRun}/netns/${pod.netns}`, '');
    await using directory = lab.directory({ hostRun });
    const { sandbox } = await until(directory, pod, 'sandbox');
    expect(sandbox).toMatchObject({ method: 'cri', netns: { inode: pod.inode } });
  });

  test('knows pods in the network of the node, whoever says so', async () => {
    const [bySpec, byRuntime, byInode] = [
      await lab.sandbox('by-spec'),
      await lab.sandbox('by-runtime'),
      await lab.sandbox('by-inode'),
    ];
    lab.api.put(bySpec.pod({ hostNetwork: true }));
    lab.cri.put({ ...byRuntime.served(), isHostNetwork: true });
    lab.api.put(byRuntime.pod());
    byInode.joinGroup(`pids/${groupOf(byInode)}`, process.pid);
    lab.defer(() => writeFileSync('/sys/fs/cgroup/pids/cgroup.procs', String(process.pid)));
    lab.cri.put(byInode.served({ pid: process.pid, runtimeSpec: null, cniResult: null }));
    lab.api.put(byInode.pod());
    await using directory = lab.directory();
    for (const pod of [bySpec, byRuntime, byInode]) await until(directory, pod, 'host-network');
    writeFileSync('/sys/fs/cgroup/pids/cgroup.procs', String(process.pid));
  });

  test('believes no path outside of /run, and no file that is no namespace', async () => {
    const good = await lab.pod('good');
    const paths = {
      outside: '/proc/self/ns/net',
      above: '/run/../proc/self/ns/net',
      file: '/run/netns/pwru-test-file',
      fifo: '/run/netns/pwru-test-fifo',
      absent: '/run/netns/pwru-test-absent',
    };
    writeFileSync(paths.file, '');
    lab.defer(() => rmSync(paths.file));
    await once(spawn('mkfifo', [paths.fifo]), 'exit');
    lab.defer(() => rmSync(paths.fifo));
    const bad = await Promise.all(
      Object.entries(paths).map(async ([name, path]) => {
        const pod = await lab.sandbox(name);
        const linux = { namespaces: [{ type: 'network', path }] };
        lab.cri.put(pod.served({ pid: 0, runtimeSpec: { linux }, cniResult: null }));
        lab.api.put(pod.pod());
        return pod;
      }),
    );
    await using directory = lab.directory();
    const reasons = await Promise.all(
      bad.map(async (pod) => (await until(directory, pod, 'unresolved')).reason),
    );
    expect(reasons).toEqual([
      '/proc/self/ns/net is not below /run',
      '/run/../proc/self/ns/net is not below /run',
      'Cannot use /run/netns/pwru-test-file: it is not a network namespace',
      'Cannot use /run/netns/pwru-test-fifo: it is not a network namespace',
      'Cannot find network namespace /run/netns/pwru-test-absent',
    ]);
    await until(directory, good, 'sandbox');
    // What was wrong is tried again.
    const [mended] = bad;
    if (mended === undefined) throw new Error('no pod');
    lab.cri.put(mended.served());
    await until(directory, mended, 'sandbox', 10_000);
  });

  test('never takes the sandbox of another pod, whose uid is claimed by an annotation', async () => {
    const victim = await lab.pod('victim');
    lab.api.put({
      metadata: {
        namespace: 'demo',
        name: 'thief',
        uid: 'thief',
        annotations: {
          'kubernetes.io/config.mirror': victim.uid,
          'kubernetes.io/config.hash': victim.uid,
        },
      },
    });
    await using directory = lab.directory();
    await until(directory, victim, 'sandbox');
    await until(directory, { name: 'thief' }, 'waiting');
  });

  test('knows a static pod by its mirror', async () => {
    const hash = randomBytes(16).toString('hex');
    const pod = await lab.sandbox('etcd-node-1', { uid: hash, namespace: 'kube-system' });
    lab.cri.put(pod.served());
    const { metadata, ...rest } = pod.pod();
    const annotations = {
      'kubernetes.io/config.mirror': hash,
      'kubernetes.io/config.hash': hash,
    };
    lab.api.put({ ...rest, metadata: { ...metadata, uid: 'mirror', annotations } });
    await using directory = lab.directory();
    const { sandbox } = await until(directory, pod, 'sandbox');
    expect(sandbox.netns.inode).toBe(pod.inode);
  });
});

describe('follows a pod', () => {
  test('from pending to its end', async () => {
    const pod = await lab.sandbox('client');
    await using directory = lab.directory();
    lab.api.put(pod.pod({ phase: 'Pending' }));
    await until(directory, pod, 'waiting');
    lab.cri.put(pod.served());
    await until(directory, pod, 'sandbox', releaseMs);
    lab.api.put(pod.pod({ deletionTimestamp: '2026-11-24T17:36:54Z' }));
    // It may take its time to stop.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(placeOf(directory, pod)?.kind).toBe('sandbox');
    lab.cri.put({ ...pod.served(), isReady: false });
    await until(directory, pod, 'waiting', releaseMs);
    expect(openNamespaces()).toEqual([ownInode()]);
    lab.api.delete(pod.uid);
    await vi.waitFor(() => expect(directory.pods()).toEqual([]), { timeout: releaseMs });
  });

  test.each([
    ['its process ends', (pod: LabSandbox) => pod.crash()],
    ['CNI tears its network down', (pod: LabSandbox) => pod.removeNamespace()],
  ])('lets go of the namespace when %s, though runtime and API say nothing', async (_name, end) => {
    const pod = await lab.pod('client');
    await using directory = lab.directory();
    await until(directory, pod, 'sandbox');
    const { inode } = pod;
    let openWhenTold: number[] | undefined;
    using _listener = directory.subscribe(() => {
      openWhenTold ??= openNamespaces();
    });
    await end(pod);
    await until(directory, pod, 'waiting', releaseMs);
    // Open while it was told, closed after that.
    expect(openWhenTold).toContain(inode);
    expect(openNamespaces()).toEqual([ownInode()]);
  });

  test('and notices at once when files of namespaces go', async () => {
    const pods = [await lab.pod('a'), await lab.pod('b'), await lab.pod('c')];
    await using directory = lab.directory();
    for (const pod of pods) await until(directory, pod, 'sandbox');
    for (const pod of pods) {
      await pod.removeNamespace();
      await until(directory, pod, 'waiting', 500);
    }
  });

  test('and knows a namespace before the runtime says whose it is', async () => {
    await using directory = lab.directory();
    await vi.waitFor(() => expect(directory.status().watch.synced).toBe(true));
    const beforeNs = clock.nowNs();
    const pod = await lab.sandbox('client');
    await vi.waitFor(() => expect(newInodes(directory)).toEqual([pod.inode]), {
      timeout: noticeMs,
    });
    const [fresh] = directory.newNamespaces();
    expect(fresh?.sinceNs).toBeGreaterThan(beforeNs);
    lab.api.put(pod.pod({ phase: 'Pending' }));
    lab.cri.put(pod.served());
    const { sandbox } = await until(directory, pod, 'sandbox', noticeMs);
    expect(sandbox.sinceNs).toBe(fresh?.sinceNs);
    expect(newInodes(directory)).toEqual([]);
    expect(new Set(openNamespaces())).toEqual(new Set([pod.inode, ownInode()]));
  });

  test("and lets go of a namespace that is no pod's when it goes", async () => {
    await using directory = lab.directory();
    const pod = await lab.sandbox('none');
    await vi.waitFor(() => expect(newInodes(directory)).toEqual([pod.inode]), {
      timeout: noticeMs,
    });
    await pod.destroy();
    await vi.waitFor(() => expect(newInodes(directory)).toEqual([]), { timeout: noticeMs });
    expect(openNamespaces()).toEqual([ownInode()]);
  });

  test('and takes none for new that was there before it', async () => {
    const pod = await lab.sandbox('early');
    await using directory = lab.directory();
    lab.api.put(pod.pod());
    lab.cri.put({ ...pod.served(), createdAt: BigInt(Date.now()) * 1_000_000n });
    const { sandbox } = await until(directory, pod, 'sandbox');
    expect(newInodes(directory)).toEqual([]);
    // As the runtime says.
    const ageNs = clock.nowNs() - (sandbox.sinceNs ?? 0);
    expect(ageNs).toBeGreaterThan(0);
    expect(ageNs).toBeLessThan(5e9);
  });

  test('into a new sandbox after a crash', async () => {
    const first = await lab.pod('client');
    await using directory = lab.directory();
    await until(directory, first, 'sandbox');
    await first.crash();
    lab.cri.put({ ...first.served(), isReady: false });
    const second = await lab.sandbox('client', { uid: first.uid, attempt: 1 });
    lab.cri.put(second.served());
    await vi.waitFor(
      () => {
        const place = placeOf(directory, second);
        expect(place).toMatchObject({ sandbox: { netns: { inode: second.inode } } });
      },
      { timeout: releaseMs },
    );
    expect(openNamespaces()).not.toContain(first.inode);
  });

  test('to the end of its sandbox after a deletion by force', async () => {
    const pod = await lab.pod('client');
    await using directory = lab.directory();
    await until(directory, pod, 'sandbox');
    lab.api.delete(pod.uid);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(placeOf(directory, pod)?.kind).toBe('sandbox');
    lab.cri.sandboxes.delete(pod.id);
    await vi.waitFor(() => expect(directory.pods()).toEqual([]), { timeout: releaseMs });
  });

  test('no further than to its completion', async () => {
    const pod = await lab.pod('job');
    await using directory = lab.directory();
    await until(directory, pod, 'sandbox');
    lab.api.put(pod.pod({ phase: 'Succeeded' }));
    await vi.waitFor(() => expect(directory.pods()).toEqual([]), { timeout: releaseMs });
    expect(openNamespaces()).toEqual([ownInode()]);
  });
});

describe('without a runtime', () => {
  test.each([
    ['cgroup v1, cgroupfs driver', (pod: LabSandbox) => `pids/${groupOf(pod)}`],
    [
      'cgroup v2, systemd driver',
      ({ uid, id }: LabSandbox) =>
        `unified/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod${uid.replaceAll('-', '_')}.slice/cri-containerd-${id}.scope`,
    ],
  ])('finds a pod by its control group: %s', async (_name, group) => {
    // A process in the node's network namespace is in the group first, as CRI-O's conmon is.
    const monitor = spawn('sleep', ['infinity'], { stdio: 'ignore' });
    const pod = await lab.sandbox('client', { inGroup: false });
    const other = await lab.sandbox('other', { inGroup: false });
    lab.defer(() => monitor.kill('SIGKILL'));
    pod.joinGroup(group(pod), monitor.pid);
    pod.joinGroup(group(pod));
    lab.api.put(pod.pod());
    lab.api.put(other.pod());
    await using directory = lab.directory({ criSocket: '/nowhere/cri.sock' });
    const { sandbox } = await until(directory, pod, 'sandbox');
    expect(sandbox).toMatchObject({ method: 'cgroup', netns: { inode: pod.inode } });
    expect(sandbox.addresses).toEqual([Uint8Array.from(pod.address.split('.'), Number)]);
    expect(sandbox.hostInterfaces).toEqual([{ netnsInode: ownInode(), index: pod.interfaceIndex }]);
    // The other has an address, and so a sandbox; it cannot be found.
    const { reason } = await until(directory, other, 'unresolved');
    expect(reason).toBe(
      "There is no container runtime's socket (looked for /nowhere/cri.sock); no process of it is below /proc",
    );
    await pod.crash();
    monitor.kill('SIGKILL');
    await vi.waitFor(() => expect(openNamespaces()).toEqual([ownInode()]), { timeout: releaseMs });
    // Another look at all processes comes when it does not take too much of the time.
    await until(directory, pod, 'unresolved', 10_000);
  });

  test('says why when it may not see the namespace of the node', async () => {
    const pod = await lab.sandbox('client');
    lab.api.put(pod.pod());
    await using directory = lab.directory({
      criSocket: '/nowhere/cri.sock',
      nodeProcess: '4194304',
    });
    await until(directory, pod, 'unresolved');
    // Also after it was tried again.
    await vi.waitFor(
      () => expect(directory.counters.resolves.cgroup.failed).toBeGreaterThanOrEqual(2),
      { timeout: 10_000 },
    );
    expect(placeOf(directory, pod)).toEqual({
      kind: 'unresolved',
      reason:
        "There is no container runtime's socket (looked for /nowhere/cri.sock); Cannot find network namespace /proc/4194304/ns/net, without which a process's namespace may be the node's own",
    });
    expect(directory.nodeNamespace).toBeUndefined();
    expect(directory.status().nodeNamespaceError).toContain('/proc/4194304/ns/net');
  });

  test('keeps what it knows when the runtime goes, and asks it again when it is back', async () => {
    const pod = await lab.pod('client');
    const later = await lab.sandbox('later');
    await using directory = lab.directory();
    await until(directory, pod, 'sandbox');
    lab.cri.fault = { code: 13, details: 'containerd is confused' };
    lab.api.put(later.pod());
    const { sandbox: byGroup } = await until(directory, later, 'sandbox');
    expect(byGroup.method).toBe('cgroup');
    expect(placeOf(directory, pod)).toMatchObject({ sandbox: { method: 'cri' } });
    expect(directory.status().runtime.error).toBe('containerd is confused');
    lab.cri.fault = undefined;
    lab.cri.put(later.served());
    // Nothing is on its way: the next look comes within ten seconds.
    await vi.waitFor(
      () => expect(placeOf(directory, later)).toMatchObject({ sandbox: { method: 'cri' } }),
      { timeout: 12_000 },
    );
    expect(placeOf(directory, later)).toMatchObject({ sandbox: { netns: { inode: later.inode } } });
    expect(directory.status().runtime.error).toBeUndefined();
  });

  test('keeps what it knows when the API server goes', async () => {
    const pod = await lab.pod('client');
    await using directory = lab.directory();
    await until(directory, pod, 'sandbox');
    await lab.api[Symbol.asyncDispose]();
    await vi.waitFor(() => expect(directory.status().watch.error).toBeDefined(), {
      timeout: 5_000,
    });
    expect(placeOf(directory, pod)?.kind).toBe('sandbox');
    await pod.crash();
    await until(directory, pod, 'waiting', releaseMs);
  });
});

test('30 pods come and go: nothing is left open, and what closes it closes all', async () => {
  await using directory = lab.directory();
  for (let batch = 0; batch < 3; batch += 1) {
    const pods = await Promise.all(Array.from({ length: 10 }, (_, n) => lab.pod(`pod-${n}`)));
    for (const pod of pods) await until(directory, pod, 'sandbox');
    expect(openNamespaces()).toHaveLength(11);
    for (const pod of pods) {
      lab.api.delete(pod.uid);
      lab.cri.sandboxes.delete(pod.id);
      await pod.destroy();
    }
    await vi.waitFor(() => expect(directory.pods()).toEqual([]), { timeout: releaseMs });
    expect(openNamespaces()).toEqual([ownInode()]);
  }
  expect(directory.counters.resolves.cri.found).toBe(30);
  const last = await lab.pod('last');
  await until(directory, last, 'sandbox');
  await directory[Symbol.asyncDispose]();
  expect(directory.pods()).toEqual([]);
  expect(openNamespaces()).toEqual([]);
});
