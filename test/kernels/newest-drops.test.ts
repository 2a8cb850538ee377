import { testDrops } from './drop-tests.ts';

testDrops('newest', { healthy: [''], cases: '' });
