import { btf } from './btf.ts';
import type { FuzzSubject } from './fuzz-property.ts';

/** Everything that parses what others wrote. */
export const subjects: readonly FuzzSubject[] = [btf];
