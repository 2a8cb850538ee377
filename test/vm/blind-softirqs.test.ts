import { testBlindSoftirqs } from '../kernels/blind-tests.ts';

testBlindSoftirqs('6.12', '');
