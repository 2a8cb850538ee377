import { readFileSync } from 'node:fs';
import { AgentError } from '../../agent-client.ts';
import type { AskableAgent } from '../askable-agent.ts';
import { type Finding, failure, ok } from './finding.ts';
import { checkKernel } from './kernel-checks.ts';

/** Bits of capabilities(7), include/uapi/linux/capability.h. */
const SYS_ADMIN = 21;
const needed: ReadonlyArray<readonly [name: string, bit: number]> = [
  ['BPF', 39],
  ['PERFMON', 38],
  ['SYSLOG', 34],
  ['SYS_PTRACE', 19],
  ['DAC_READ_SEARCH', 2],
];
/** What CAP_SYS_ADMIN stands for. */
const inSysAdmin: ReadonlySet<string> = new Set(['BPF', 'PERFMON', 'SYSLOG']);

/** What an agent inside this program needs of this machine. */
export async function checkMachine(agent: AskableAgent): Promise<Finding[]> {
  const { neededLibraries } = await import('../../local.ts');
  const libraries = neededLibraries().map(({ name, problem }) =>
    problem === undefined
      ? ok(name, 'is there')
      : failure(name, problem, { remedy: 'the package that the line names, or its like' }),
  );
  const findings = [checkPrivileges(readFileSync('/proc/self/status', 'latin1')), ...libraries];
  try {
    const local = await agent.open();
    try {
      return [...findings, ...checkKernel(await local.getInfo(), [])];
    } finally {
      await local.close();
    }
  } catch (thrown) {
    if (!(thrown instanceof AgentError)) throw thrown;
    return [...findings, failure('backend', thrown.message, { remedy: 'what is missing above' })];
  }
}

/** @param status text of /proc/PID/status, whose line `CapEff:\t000001ffffffffff` counts */
export function checkPrivileges(status: string): Finding {
  const effective = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0'}`);
  const has = (bit: number) => ((effective >> BigInt(bit)) & 1n) === 1n;
  const missing = needed.filter(
    ([name, bit]) => !has(bit) && !(inSysAdmin.has(name) && has(SYS_ADMIN)),
  );
  if (missing.length === 0)
    return ok('privileges', 'this process has the capabilities of an agent');
  const names = missing.map(([name]) => `CAP_${name}`).join(', ');
  return failure('privileges', `this process lacks ${names}`, { remedy: 'run it as root (sudo)' });
}
