import { testBlindSoftirqs } from './blind-tests.ts';

testBlindSoftirqs('newest', '');
