import { expect } from 'vitest';
import { pwru } from '../support/trace.ts';
import { kernelObjects } from './kernel-objects.ts';
import { testKernel } from './kernel-tests.ts';

const test = testKernel('5.10');

/** As in a container: the limit that Linux 5.10 gives, and no capability to raise it. */
const limited = 'prlimit --memlock=65536:65536 setpriv --bounding-set=-sys_resource';

test('memory that the limit of locked memory refuses is named as such, and not as a privilege', async ({
  guest,
  before,
}) => {
  const refused = await guest.run(`${limited} ${pwru} --local --timeout 1s`);
  expect(refused.stderr).toMatch(/^error: Cannot .*RLIMIT_MEMLOCK allows 65536 bytes here/m);
  expect(refused.exitCode).toBe(1);
  // Without the limit it works, and with the capability the limit is raised.
  for (const allowed of [
    limited.replaceAll('65536', 'unlimited'),
    limited.replace('setpriv --bounding-set=-sys_resource', ''),
  ]) {
    const { stderr, exitCode } = await guest.run(`${allowed} ${pwru} --local --timeout 1s`);
    expect(stderr).toMatch(/^Tracing .* by tracepoint/m);
    expect(exitCode).toBe(0);
  }
  expect(await kernelObjects(guest)).toEqual(before);
});
