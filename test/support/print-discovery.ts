// Writes what FunctionCatalogue finds on the running kernel to a file, as JSON: node BUNDLE FILE MODULE...
import { writeFileSync } from 'node:fs';
import { FunctionCatalogue } from '../../agent/src/kernel/function-catalogue.ts';
import { KernelFiles } from '../../agent/src/kernel/kernel-files.ts';

/** What the file holds. Addresses are in hexadecimal. */
export interface PrintedDiscovery {
  /** `NAME MODULE ARGUMENT KIND ADDRESS` */
  readonly attach: readonly string[];
  /** `NAME MODULE` */
  readonly refused: ReadonlyArray<readonly [function_: string, reason: string]>;
  /** `NAME MODULE ARGUMENT` */
  readonly tracepoints: readonly string[];
  /** Names of the drop reasons that were asked for. */
  readonly dropReasons: readonly string[];
  readonly planMs: number;
}

const dropReasons = [2, 3, 0x3_0001, 0x2_0001];

async function main(): Promise<void> {
  const [, , file = '', ...modules] = process.argv;
  const catalogue = new FunctionCatalogue(new KernelFiles());
  const startMs = performance.now();
  const plan = await catalogue.plan({ backend: 'kprobe.multi', pattern: undefined, modules });
  const planMs = performance.now() - startMs;
  await catalogue.warmNames();
  const tracepoints = await catalogue.tracepoints({ pattern: undefined, modules });
  const printed: PrintedDiscovery = {
    attach: plan.attach.map(
      ({ name, module, argument, kind, address }) =>
        `${name} ${module} ${argument} ${kind} ${address.toString(16)}`,
    ),
    refused: plan.refused.map(({ name, module, reason }) => [`${name} ${module}`, reason]),
    tracepoints: tracepoints.attach.map(
      ({ name, module, argument }) => `${name} ${module} ${argument}`,
    ),
    dropReasons: dropReasons.map((value) => catalogue.dropReasonName(value)),
    planMs,
  };
  writeFileSync(file, JSON.stringify(printed));
}

void main();
