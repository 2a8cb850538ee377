import { testKernel } from './kernel-tests.ts';

testKernel('5.10');
