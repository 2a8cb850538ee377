import { describe } from 'vitest';
import {
  expectAskedModule,
  expectDropsNamed,
  expectHiddenNames,
  expectReplacedModule,
  expectToldOnce,
  traceFirstRule,
} from '../scenario/later-modules.ts';
import { makeVethPair } from '../support/veth-pair.ts';
import { guestTest } from './guest-test.ts';

/*
 * Guests of their own: in them no module of netfilter is loaded when a trace begins. All with --local: what is asked is how an
 * agent's knowledge of code changes.
 */
const functions = /its \d+ functions that take an skb are not traced/;

const test = guestTest('6.12');

describe('code that comes and goes during a trace on Linux 6.12', () => {
  test('nf_tables, with the first rule: the first drop is named', async ({ guest }) => {
    await using pair = await makeVethPair(guest);
    const trace = await traceFirstRule({ machine: guest, pair });
    expectDropsNamed(trace);
    expectToldOnce(trace, 'nf_tables', functions);
  });

  test('a qdisc in the place of another', async ({ guest }) => {
    await using pair = await makeVethPair(guest);
    await expectReplacedModule({ machine: guest, pair });
  });

  test.for([
    { args: '--backend kprobe.multi', keepsModule: true },
    { args: '--backend kprobe', keepsModule: false },
  ])('a qdisc that was asked for: $args', async (asked, { guest }) => {
    await using pair = await makeVethPair(guest);
    await expectAskedModule({ machine: guest, pair, ...asked });
  });

  test('where addresses are hidden', async ({ guest }) => {
    await using pair = await makeVethPair(guest);
    await expectHiddenNames({ machine: guest, pair });
  });
});
