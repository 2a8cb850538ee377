import { testKernel } from './kernel-tests.ts';

testKernel('newest');
