import { btf } from './btf.ts';
import { eventBatches } from './event-batches.ts';
import type { FuzzSubject } from './fuzz-property.ts';
import { kallsyms } from './kallsyms.ts';
import { moduleLists } from './module-lists.ts';
import { ringRecords } from './ring-records.ts';
import { requests } from './requests.ts';
import { functionExpressions } from './function-expressions.ts';
import { filters } from './filters.ts';
import { kubeconfigs } from './kubeconfigs.ts';
import { apiAnswers } from './api-answers.ts';
import { runtimeAnswers } from './runtime-answers.ts';

/** Everything that parses what others wrote. */
export const subjects: readonly FuzzSubject[] = [
  btf,
  kallsyms,
  moduleLists,
  ringRecords,
  eventBatches, requests, functionExpressions, filters, kubeconfigs, apiAnswers, runtimeAnswers];
