import { describe, expect, test } from 'vitest';
import { podOfCgroup } from './cgroup-scan.ts';

const uid = '2b149f86-666d-47ec-9412-c3649250c6a4';
const other = '79b30da3-3ddc-4678-b7e2-293ca4fe38dc';
const systemd = uid.replaceAll('-', '_');
const container = '943c059702d61fb618ab320260c2640e5e85973fb39b2eb93b3293fe38af5912';

describe('podOfCgroup', () => {
  test.each([
    ['v2, cgroupfs driver', `0::/kubepods/burstable/pod${uid}/${container}\n`],
    ['v2, cgroupfs driver, guaranteed', `0::/kubepods/pod${uid}/${container}\n`],
    [
      'v2, systemd driver',
      `0::/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod${systemd}.slice/cri-containerd-${container}.scope\n`,
    ],
    [
      'v2, systemd driver, guaranteed, CRI-O',
      `0::/kubepods.slice/kubepods-pod${systemd}.slice/crio-${container}.scope\n`,
    ],
    [
      'v2, kind: below the slice of the node',
      `0::/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-burstable.slice/kubelet-kubepods-burstable-pod${systemd}.slice/cri-containerd-${container}.scope\n`,
    ],
    [
      'v2, read from a cgroup namespace',
      `0::/../../../kubepods/burstable/pod${uid}/${container}\n`,
    ],
    [
      'v1, a hierarchy per controller',
      `12:cpu,cpuacct:/kubepods/besteffort/pod${uid}/${container}\n2:pids:/kubepods/besteffort/pod${uid}/${container}\n1:name=systemd:/kubepods/besteffort/pod${uid}/${container}\n0::/\n`,
    ],
    [
      'v1, not all controllers',
      `9:name=systemd:/\n8:pids:/\n4:memory:/cluster/node-1/kubepods/besteffort/pod${uid}/${container}\n0::/\n`,
    ],
    ['v1, a colon in the path', `4:memory:/a:b/kubepods/pod${uid}/x\n`],
  ])('%s', (_name, text) => {
    expect(podOfCgroup(text)).toBe(uid);
  });

  test('takes the outermost group: a pod names those below its own as it likes', () => {
    expect(podOfCgroup(`0::/kubepods/burstable/pod${uid}/${container}/pod${other}/x\n`)).toBe(uid);
  });

  test.each([
    ['no pod', '0::/system.slice/containerd.service\n'],
    ['the root', '0::/\n'],
    ['nothing', ''],
    [
      'a static pod, whose group has a hash',
      '0::/kubepods/pod5ee2dcbd2d5b5cf1bd5c5a5c3d4f2f0a/x\n',
    ],
    ['a uid with more after it', `0::/kubepods/pod${uid}abc/x\n`],
    ['a uid in something else', `0::/system.slice/backup-of-${uid}.service\n`],
    ['a line without colons', `kubepods pod${uid}\n`],
  ])('finds no pod in %s', (_name, text) => {
    expect(podOfCgroup(text)).toBeUndefined();
  });
});
