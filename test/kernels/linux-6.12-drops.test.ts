import { testDrops } from './drop-tests.ts';

testDrops('6.12', { healthy: [''], cases: '' });
