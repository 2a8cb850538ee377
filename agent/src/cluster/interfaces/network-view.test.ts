import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Reads interfaces in a process of its own, which is ended when it hangs. */
function readsWith(script: string): string {
  const module = join(import.meta.dirname, 'network-view.ts');
  const source = `
    import { NetworkView } from ${JSON.stringify(module)};
    const view = new NetworkView(process.argv[1], process.argv[2]);
    console.log(JSON.stringify([view.indexOf('lo') ?? null, view.read('lo') ?? null, view.confirms({ name: 'lo', index: 1 }), view.hasDefaultRoute('lo')]));`;
  const child = spawnSync('bash', ['-ec', script, 'bash', source], {
    encoding: 'utf8',
    timeout: 50_000,
  });
  if (child.status !== 0)
    throw new Error(`It ended with ${child.signal ?? child.status}: ${child.stderr}`);
  return child.stdout.trim();
}

test('files that somebody has put a FIFO or a device over are not waited for', () => {
  const told = readsWith(`
    folder=$(mktemp -d); trap 'rm -rf $folder' EXIT
    mkdir -p $folder/sys/lo $folder/net/dev_snmp6
    mkfifo $folder/sys/lo/{ifindex,iflink,type,uevent} $folder/net/{route,ipv6_route,dev} $folder/net/dev_snmp6/lo
    node --import tsx --input-type=module -e "$1" $folder/sys $folder/net`);
  expect(told).toBe('[null,null,false,false]');
});
