import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';

interface Resources {
  readonly requests: { readonly cpu: string };
  readonly limits: { readonly memory: string };
}

/** Of the agent's container in deploy/daemon-set.yaml: the CPUs that it asks for, and the memory that it may have. */
export function agentResources(): { readonly cpus: number; readonly memoryMib: number } {
  const path = join(import.meta.dirname, '../../deploy/daemon-set.yaml');
  const manifest = load(readFileSync(path, 'utf8')) as {
    spec: { template: { spec: { containers: [{ resources: Resources }] } } };
  };
  const { requests, limits } = manifest.spec.template.spec.containers[0].resources;
  const { cpu } = requests;
  const [, count, unit] = /^(\d+)(Mi|Gi)$/.exec(limits.memory) ?? [];
  return {
    cpus: cpu.endsWith('m') ? Number(cpu.slice(0, -1)) / 1_000 : Number(cpu),
    memoryMib: Number(count) * (unit === 'Gi' ? 1_024 : 1),
  };
}
