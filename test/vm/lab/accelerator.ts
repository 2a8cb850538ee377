import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How qemu runs the guest's instructions. `icount` is emulation in which virtual time is the count of instructions. */
export type Accelerator = 'kvm' | 'tcg' | 'icount';

/**
 * KVM where a guest comes up in it, else emulation. Many virtual machines have a /dev/kvm in which no guest runs, so one is
 * booted to find out, once per boot of this machine.
 * @param bootWithKvm resolves when a guest came up and is gone again
 */
export async function chooseAccelerator(
  cache: string,
  bootWithKvm: () => Promise<void>,
): Promise<Accelerator> {
  if (!existsSync('/dev/kvm')) return 'tcg';
  const bootId = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
  const known = join(cache, `accelerator-${bootId}`);
  if (existsSync(known)) return (await readFile(known, 'utf8')) === 'kvm' ? 'kvm' : 'tcg';
  const chosen = await bootWithKvm().then(
    () => 'kvm' as const,
    () => 'tcg' as const,
  );
  await writeFile(known, chosen);
  return chosen;
}
