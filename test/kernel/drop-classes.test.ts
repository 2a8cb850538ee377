import { test } from 'vitest';
import { dropCases, expectDropClasses } from '../scenario/drop-classes.ts';
import { hostMachine } from '../support/host-machine.ts';

test.each(dropCases)('--drops tells a loss from $name', (dropCase) =>
  expectDropClasses(hostMachine, dropCase, '--backend tracepoint'),
);
