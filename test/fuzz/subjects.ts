import { apiAnswers } from './api-answers.ts';
import { btf } from './btf.ts';
import { commandLines } from './command-lines.ts';
import { eventBatches } from './event-batches.ts';
import { filters } from './filters.ts';
import { functionExpressions } from './function-expressions.ts';
import type { FuzzSubject } from './fuzz-property.ts';
import { kallsyms } from './kallsyms.ts';
import { kubeconfigs } from './kubeconfigs.ts';
import { moduleLists } from './module-lists.ts';
import { requests } from './requests.ts';
import { ringRecords } from './ring-records.ts';
import { rows } from './rows.ts';
import { runtimeAnswers } from './runtime-answers.ts';

/** Everything that parses what others wrote. */
export const subjects: readonly FuzzSubject[] = [
  btf,
  kallsyms,
  moduleLists,
  ringRecords,
  eventBatches,
  requests,
  functionExpressions,
  filters,
  kubeconfigs,
  apiAnswers,
  runtimeAnswers,
  commandLines,
  rows,
];
