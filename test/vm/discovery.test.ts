import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect } from 'vitest';
import { BpftoolBtf } from '../support/bpftool-btf.ts';
import type { PrintedDiscovery } from '../support/print-discovery.ts';
import { guestTest } from './guest-test.ts';
import type { Guest } from './lab/guest.ts';

const modules = ['veth', 'bridge', 'nf_conntrack', 'openvswitch'] as const;

/** Functions whose skb argument is no packet at entry, known by reading Linux 6.12: left out although traceable. */
const late = ['net_dev_xmit', 'qdisc_enqueue'];
const unusable = [
  'prepare_reply',
  '__skb_wait_for_more_packets',
  // Their first skb is being made.
  '__build_skb_around',
  '__copy_skb_header',
  'skb_copy_header',
  ...late.flatMap((name) => [`__traceiter_${name}`, `__probestub_${name}`]),
];

/** What the guest's kernel says, and what our code makes of it. */
interface Discovery {
  readonly ours: PrintedDiscovery;
  readonly kallsyms: string;
  readonly traceable: string;
  /** Empty name: vmlinux. */
  readonly btf: ReadonlyMap<string, BpftoolBtf>;
}

const test = guestTest('6.12').extend<{ discovery: Discovery }>({
  discovery: [async ({ guest }, use) => use(await discover(guest)), { scope: 'file' }],
});

async function discover(guest: Guest): Promise<Discovery> {
  await build({
    entryPoints: [join(import.meta.dirname, '../support/print-discovery.ts')],
    outfile: join(guest.share, 'discover.cjs'),
    bundle: true,
    platform: 'node',
    target: 'node20',
  });
  const dump = (name: string, base: string) =>
    `bpftool ${base} btf dump file /sys/kernel/btf/${name} format raw -j > "$folder/btf-${name}"`;
  await guest.mustRun(
    `set -e; modprobe -a ${modules.join(' ')}; folder=$(mktemp -d)
    node ${guest.share}/discover.cjs "$folder/ours" ${modules.join(' ')}
    cat /proc/kallsyms > "$folder/kallsyms"
    cat /sys/kernel/tracing/available_filter_functions > "$folder/traceable"
    ${dump('vmlinux', '')}
    ${modules.map((module) => dump(module, '-B /sys/kernel/btf/vmlinux')).join('\n')}
    cp -r "$folder" ${guest.share}/d`,
    { timeoutMs: 200_000 },
  );
  const read = (name: string) => readFile(join(guest.share, 'd', name), 'utf8');
  const vmlinux = await read('btf-vmlinux');
  const btf = new Map([['', new BpftoolBtf(vmlinux)]]);
  for (const module of modules)
    btf.set(module, new BpftoolBtf(await read(`btf-${module}`), vmlinux));
  return {
    ours: JSON.parse(await read('ours')) as PrintedDiscovery,
    kallsyms: await read('kallsyms'),
    traceable: await read('traceable'),
    btf,
  };
}

/** `NAME MODULE ARGUMENT KIND` of all functions that bpftool shows. */
function foundByBpftool(btf: Discovery['btf']): string[] {
  return [...btf].flatMap(([module, object]) =>
    object.skbFunctions().map((line) => line.replace(' ', ` ${module} `)),
  );
}

/** Addresses of code by `NAME MODULE`. */
function codeByName(kallsyms: string): Map<string, string[]> {
  const addresses = new Map<string, string[]>();
  for (const [, address = '', name = '', module = ''] of kallsyms.matchAll(
    /^([0-9a-f]+) [tTwW] (\S+)(?:\t\[(\w+)\])?$/gm,
  )) {
    const key = `${name} ${module}`;
    addresses.set(key, [...(addresses.get(key) ?? []), address]);
  }
  return addresses;
}

describe('FunctionCatalogue on Linux 6.12', () => {
  test('plans exactly what bpftool, kallsyms and available_filter_functions allow', ({
    discovery,
  }) => {
    const { ours, btf, kallsyms, traceable } = discovery;
    const code = codeByName(kallsyms);
    const traced = new Set(
      traceable.split('\n').map((line) => line.replace(/^(\S+)(?: \[(\w+)\])?.*$/, '$1 $2')),
    );
    const expected = foundByBpftool(btf).flatMap((line) => {
      const [name = '', module = ''] = line.split(' ');
      const key = `${name} ${module}`;
      const [address, ...more] = code.get(key) ?? [];
      const isAttachable =
        address !== undefined && more.length === 0 && traced.has(key) && !unusable.includes(name);
      return isAttachable ? [`${line} ${address}`] : [];
    });
    expect([...ours.attach].sort()).toEqual(expected.sort());
    const ofVmlinux = (kind: string) =>
      ours.attach.filter((line) => line.includes(`  `) && line.includes(` ${kind} `));
    expect(ofVmlinux('pointer').length).toBeGreaterThan(1_400);
    expect(ofVmlinux('const-pointer').length).toBeGreaterThan(130);
    expect(ofVmlinux('pointer-to-pointer').length).toBeGreaterThan(4);
  });

  test('attaches or refuses each function that BTF has, with a reason', ({ discovery }) => {
    const { ours, btf } = discovery;
    const nameOf = (line: string) => line.split(' ').slice(0, 2).join(' ');
    const decided = [...ours.attach.map(nameOf), ...ours.refused.map(([name]) => name)];
    expect(decided.sort()).toEqual(foundByBpftool(btf).map(nameOf).sort());
    expect(ours.refused.filter(([, reason]) => reason.length < 10)).toEqual([]);
    const reasons = new Map(ours.refused);
    expect(reasons.get('__bpf_trace_kfree_skb ')).toMatch(/^glue between a tracepoint/);
    expect(reasons.get('add_grec ')).toBe(
      '2 functions of this name: the one that BTF describes cannot be told',
    );
    expect(unusable.map((name) => reasons.get(`${name} `))).toEqual([
      expect.stringContaining('output'),
      expect.stringContaining('queue head'),
      ...Array(3).fill(expect.stringContaining('being made')),
      ...Array(4).fill(expect.stringContaining('it fires after')),
    ]);
  });

  test('lists the tracepoints of vmlinux and modules', ({ discovery: { ours, btf } }) => {
    const expected = [...btf].flatMap(([module, object]) =>
      object
        .skbTracepoints()
        .filter((line) => !late.includes(line.replace(/ .*/, '')))
        .map((line) => line.replace(' ', ` ${module} `)),
    );
    expect([...ours.tracepoints].sort()).toEqual(expected.sort());
    expect(ours.tracepoints.some((line) => line.includes(' openvswitch '))).toBe(true);
  });

  test("names drop reasons of the core and of a module's subsystem", ({
    discovery: { ours, btf },
  }) => {
    const ovs = btf.get('openvswitch')?.enumValues('ovs_drop_reason') ?? [];
    const nameOf = (value: number) => ovs.find(([, each]) => each === value)?.[0] ?? String(value);
    expect(ours.dropReasons).toEqual([
      'NOT_SPECIFIED',
      'NO_SOCKET',
      nameOf(0x3_0001),
      nameOf(0x2_0001),
    ]);
    expect(ours.dropReasons.join()).toContain('OVS_DROP_');
  });
});
