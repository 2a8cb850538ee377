import type { V1Pod } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { AskedPods } from './asked-pods.ts';

/** Answers questions, and has a clock. */
class Server {
  readonly asked: string[] = [];
  /** By address. */
  readonly pods = new Map<string, V1Pod[]>();
  nowMs = 1_000_000;
  changes = 0;
  failures = 0;

  open(): AskedPods {
    return new AskedPods({
      ask: async (address) => {
        this.asked.push(address);
        if (this.failures-- > 0) throw new Error('The server is away');
        return this.pods.get(address) ?? [];
      },
      onChange: () => this.changes++,
      ...{ paceMs: 1, now: () => this.nowMs },
    });
  }
}

const see = (pods: AskedPods, ...bytes: number[]) =>
  pods.see(Uint8Array.from([9, ...bytes, 9]), { start: 1, lengthBytes: bytes.length });

const pod = (uid: string): V1Pod => ({ metadata: { uid } });

test('asks once for an address that is seen again and again, and again when that is old', async () => {
  const server = new Server();
  server.pods.set('10.0.0.1', [pod('a')]);
  using pods = server.open();
  for (let time = 0; time < 5; time++) see(pods, 10, 0, 0, 1);
  await expect.poll(() => [...pods.objects.keys()]).toEqual(['a']);
  expect(server.changes).toBe(1);
  server.nowMs += 59_999;
  see(pods, 10, 0, 0, 1);
  expect(server.asked).toEqual(['10.0.0.1']);
  server.pods.set('10.0.0.1', [pod('b')]);
  server.nowMs += 1;
  see(pods, 10, 0, 0, 1);
  await expect.poll(() => [...pods.objects.keys()]).toEqual(['b']);
  server.pods.delete('10.0.0.1');
  server.nowMs += 60_000;
  see(pods, 10, 0, 0, 1);
  await expect.poll(() => pods.objects.size).toBe(0);
  expect(server.changes).toBe(3);
});

test('asks for one address after the other, also of IPv6, and for none that no pod has', async () => {
  const server = new Server();
  using pods = server.open();
  const v6 = (...head: number[]) => [...head, ...Array(15 - head.length).fill(0), 1];
  see(pods, 127, 0, 0, 1);
  see(pods, 224, 0, 0, 1);
  see(pods, 255, 255, 255, 255);
  see(pods, ...v6(0xfe, 0x80));
  see(pods, ...v6(0xff, 2));
  see(pods, ...v6());
  see(pods, 10, 0, 0, 2);
  see(pods, ...v6(0xfd));
  await expect.poll(() => server.asked).toEqual(['10.0.0.2', 'fd00::1']);
  expect(server.changes).toBe(0);
});

test('passes over what is too much at a time', async () => {
  const server = new Server();
  using pods = server.open();
  // The first one is asked for at once, and waits no more.
  for (let last = 0; last < 200; last++) see(pods, 10, 0, 0, last);
  await expect.poll(() => server.asked).toHaveLength(101);
  see(pods, 10, 0, 0, 199);
  await expect.poll(() => server.asked.at(-1)).toBe('10.0.0.199');
});

test('lives with a server that does not answer', async () => {
  const server = new Server();
  server.failures = 1;
  server.pods.set('10.0.0.1', [pod('a')]);
  using pods = server.open();
  see(pods, 10, 0, 0, 1);
  see(pods, 10, 0, 0, 2);
  await expect.poll(() => server.asked).toHaveLength(2);
  expect(pods.objects.size).toBe(0);
  server.nowMs += 60_000;
  see(pods, 10, 0, 0, 1);
  await expect.poll(() => pods.objects.size).toBe(1);
});
