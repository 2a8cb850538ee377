import { test as base } from 'vitest';
import { bootGuest, type Guest } from './lab/guest.ts';

/** vitest's `test` with a guest of this kernel, booted once for the file. */
export function guestTest(kernel: string) {
  return base.extend<{ kernel: string; guest: Guest }>({
    kernel: [kernel, { scope: 'file' }],
    guest: [
      async ({ kernel: series }, use) => {
        await using guest = await bootGuest({ kernel: series });
        await use(guest);
      },
      { scope: 'file' },
    ],
  });
}
