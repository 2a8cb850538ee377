import { testKernel } from './kernel-tests.ts';

testKernel('6.1');
