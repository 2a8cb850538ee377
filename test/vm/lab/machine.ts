import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ResourceStack } from '../../../agent/src/core/resource.ts';
import type { Accelerator } from './accelerator.ts';
import { getInitramfs } from './initramfs.ts';
import type { Kernel } from './kernel.ts';

/** A network card of a machine: the other end is a tap device, which qemu makes and which goes with it. */
export interface MachineNetwork {
  /** Argument of nsenter that names the network namespace of the tap device: `--net=PATH`. */
  readonly namespace: string;
  /** Name of the tap device there. */
  readonly tap: string;
  /** Hardware address of the card, `52:54:00:...`. */
  readonly hardwareAddress: string;
}

/** What a machine is made of. */
export interface MachineSpec {
  readonly kernel: Kernel;
  readonly accelerator: Accelerator;
  readonly cpus: number;
  readonly memoryMib: number;
  /** Working directory of commands in the guest. */
  readonly workingDirectory: string;
  /** It has no card unless given. */
  readonly network?: MachineNetwork;
}

const folderPrefix = 'pwru-lab-';

/**
 * Emulated CPU. Without cmpxchg16b, after which qemu 7.2 saves garbage as EFLAGS when an interrupt comes next: a double
 * fault in the guest's allocator, seen early in the boot.
 */
const emulatedCpu = ['-cpu', 'max,-cx16'];

/**
 * One host thread for all CPUs of an emulated guest: with one each, a CPU can run into code that another one is patching
 * (jump labels, ftrace) and execute the middle of an instruction, seen as a panic in run_timer_softirq. It boots no slower.
 */
const accelerators: Record<Accelerator, readonly string[]> = {
  tcg: ['-accel', 'tcg,thread=single,tb-size=512', ...emulatedCpu],
  // Virtual time is the count of guest instructions, 1 ns each.
  icount: [
    '-accel',
    'tcg,thread=single,tb-size=512',
    '-icount',
    'shift=0,sleep=off',
    ...emulatedCpu,
  ],
  kvm: ['-accel', 'kvm', '-cpu', 'host'],
};

/**
 * A running qemu with the host's root shared read-only (the guest lays a tmpfs over it) and one folder shared for writing.
 * Its processes die with this one, even by SIGKILL.
 */
export class Machine implements AsyncDisposable {
  /** The guest's side of the control port speaks here. */
  readonly control: Socket;
  /** Folder that host and guest share, at this path on both sides. */
  readonly share: string;
  /** Settles when qemu has ended. */
  readonly ended: Promise<void>;
  readonly #console: string;
  readonly #resources: ResourceStack;

  private constructor(parts: {
    control: Socket;
    folder: string;
    qemu: ChildProcess;
    resources: ResourceStack;
  }) {
    this.control = parts.control;
    this.share = join(parts.folder, 'share');
    this.#console = join(parts.folder, 'console.log');
    this.ended = endOf(parts.qemu);
    this.#resources = parts.resources;
  }

  /** Starts a machine; what its kernel makes of it is for the caller to wait for. */
  static async start(spec: MachineSpec): Promise<Machine> {
    await using stack = new ResourceStack();
    await removeAbandonedFolders();
    const folder = await mkdtemp(join(tmpdir(), `${folderPrefix}${process.pid}-`));
    stack.defer(() => rm(folder, { recursive: true, force: true }));
    const share = join(folder, 'share');
    await mkdir(share);
    const initramfs = await getInitramfs(spec.kernel);
    // Nothing changes the host's root for the guest's sake: it may cache for ever. The share it must look at every time.
    await shareFolder(stack, { folder, tag: 'root', source: '/', cache: 'always' });
    await shareFolder(stack, { folder, tag: 'share', source: share, cache: 'none' });
    const server = createServer();
    stack.defer(() => server.close());
    const connected = new Promise<Socket>((resolve, reject) => {
      server.once('connection', resolve).once('error', reject);
    });
    server.listen(join(folder, 'control.sock'));
    const command = ['qemu-system-x86_64', ...qemuOptions(spec, folder, initramfs)];
    const [program = '', ...args] =
      spec.network === undefined ? command : ['nsenter', spec.network.namespace, '--', ...command];
    const qemu = spawnTied(stack, program, args, join(folder, 'qemu.log'));
    const control = await Promise.race([
      connected,
      endOf(qemu).then(async () => {
        throw new Error(`qemu did not start: ${await readFile(join(folder, 'qemu.log'), 'utf8')}`);
      }),
    ]);
    stack.defer(() => control.destroy());
    return new Machine({ control, folder, qemu, resources: stack.move() });
  }

  /** The last lines that the guest's kernel wrote to its serial console. */
  async consoleTail(): Promise<string> {
    const text = await readFile(this.#console, 'utf8').catch(() => '(gone with the machine)');
    return text.trimEnd().split('\n').slice(-60).join('\n');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources[Symbol.asyncDispose]();
  }
}

/** Removes what machines left behind whose process was killed. */
async function removeAbandonedFolders(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = /^pwru-lab-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) {
      await rm(join(tmpdir(), name), { recursive: true, force: true });
    }
  }
}

function qemuOptions(spec: MachineSpec, folder: string, initramfs: string): string[] {
  const { kernel, cpus, memoryMib } = spec;
  const memory = `${memoryMib}M`;
  const settings = {
    LAB_SHARE: join(folder, 'share'),
    LAB_MODULES: kernel.modules,
    LAB_CONFIG: kernel.config,
    LAB_CWD: spec.workingDirectory,
  };
  for (const [name, value] of Object.entries(settings)) {
    if (/[\s"]/.test(value))
      throw new Error(`The lab cannot use a path with blanks as ${name}: ${value}`);
  }
  const commandLine = [
    'console=ttyS0 quiet panic=-1 nokaslr mitigations=off cryptomgr.notests no_timer_check',
    // Calibrating the delay loop takes a second under emulation, and a TSC that is emulated is not to be trusted.
    spec.accelerator === 'kvm' ? '' : 'tsc=unstable lpj=4000000',
    ...Object.entries(settings).map(([name, value]) => `${name}=${value}`),
  ];
  const shared = (tag: string): string[] => [
    ...['-chardev', `socket,id=${tag},path=${join(folder, `${tag}.sock`)}`],
    ...['-device', `vhost-user-fs-pci,chardev=${tag},tag=${tag},queue-size=1024`],
  ];
  return [
    ...['-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot', '-machine', 'q35'],
    ...accelerators[spec.accelerator],
    ...['-smp', `${cpus}`, '-m', memory],
    // virtiofsd reads and writes the guest's memory.
    ...[
      '-object',
      `memory-backend-memfd,id=memory,size=${memory},share=on`,
      '-numa',
      'node,memdev=memory',
    ],
    ...shared('root'),
    ...shared('share'),
    ...[
      '-device',
      'virtio-serial-pci',
      '-chardev',
      `socket,id=control,path=${join(folder, 'control.sock')}`,
    ],
    ...['-device', 'virtserialport,chardev=control,name=control'],
    ...['-serial', `file:${join(folder, 'console.log')}`],
    ...networkOptions(spec.network),
    ...['-kernel', kernel.vmlinux, '-initrd', initramfs, '-append', commandLine.join(' ')],
  ];
}

function networkOptions(network: MachineNetwork | undefined): string[] {
  if (network === undefined) return [];
  const { tap, hardwareAddress } = network;
  return [
    ...['-netdev', `tap,id=network,ifname=${tap},script=no,downscript=no`],
    ...['-device', `virtio-net-pci,netdev=network,mac=${hardwareAddress}`],
  ];
}

interface SharedFolder {
  readonly folder: string;
  readonly tag: string;
  readonly source: string;
  readonly cache: 'always' | 'none';
}

/** Starts a virtiofsd for one folder and waits until qemu can connect to it. */
async function shareFolder(
  stack: ResourceStack,
  { folder, tag, source, cache }: SharedFolder,
): Promise<void> {
  const socket = join(folder, `${tag}.sock`);
  const log = join(folder, `${tag}.log`);
  const options = [
    `source=${source}`,
    `cache=${cache}`,
    'sandbox=chroot',
    'xattr',
    'log_level=err',
  ];
  const daemon = spawnTied(
    stack,
    '/usr/lib/qemu/virtiofsd',
    [`--socket-path=${socket}`, ...options.flatMap((option) => ['-o', option])],
    log,
  );
  while (!existsSync(socket)) {
    if (daemon.exitCode !== null || daemon.signalCode !== null)
      throw new Error(`virtiofsd did not start: ${await readFile(log, 'utf8')}`);
    await delay(5);
  }
}

/** Starts a program that is killed with the stack, and by the kernel when this process dies without a chance to. */
function spawnTied(
  stack: ResourceStack,
  program: string,
  args: readonly string[],
  log: string,
): ChildProcess {
  const output = openSync(log, 'a');
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', program, ...args], {
    stdio: ['ignore', output, output],
    // A session of its own, so that Ctrl-C in a terminal reaches who started the guest and not the guest.
    detached: true,
  });
  closeSync(output);
  const ended = endOf(child);
  stack.defer(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return child;
}

async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => {
    child.once('close', () => resolve()).once('error', () => resolve());
  });
}
