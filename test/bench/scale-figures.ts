import { atMost, type Figure } from './figure.ts';
import { buildPrograms } from './pipeline-process.ts';
import { measureScale, type ScaleReport } from './scale/measure-scale.ts';
import type { Population } from './scale/population.ts';

/** With 30 pods a node, as in a cluster of the size that Kubernetes is made for. */
const populations = {
  quick: { nodes: 50, pods: 1_500 },
  usual: { nodes: 500, pods: 15_000 },
  full: { nodes: 5_000, pods: 150_000 },
} as const satisfies Record<string, Population>;

const goals = { etcdListsPerAgent: 0, pluginMib: 64, listCpuMs: 50 };

/** What all agents of a big cluster, and one run of the plugin, cost its API server. */
export async function scaleFigures({
  quick,
  full,
  say,
}: {
  readonly quick: boolean;
  readonly full: boolean;
  readonly say: (line: string) => void;
}): Promise<Figure[]> {
  await buildPrograms(['scale/plugin-run']);
  const population = populations[full ? 'full' : quick ? 'quick' : 'usual'];
  return figuresOf(await measureScale(population, (line) => say(`scale: ${line}`)));
}

function figuresOf(report: ScaleReport): Figure[] {
  const row = (name: string, unit: string, ours: number, goal?: Figure['goal']): Figure => ({
    ...{ part: 'scale', name, unit, ours, goal },
  });
  const { population, podBytes, start, idle, changes, restart, list, plugin, addresses } = report;
  const { nodes } = population;
  const cpuMs = ({ apiServerCpuSeconds }: { apiServerCpuSeconds: number }, count: number) =>
    (1_000 * apiServerCpuSeconds) / count;
  const listMs = cpuMs(list.cached, 1);
  const listPages = list.cached.etcdLists;
  const pluginMib = plugin.heapBytes / 2 ** 20;
  return [
    row('nodes', 'nodes', nodes),
    row('pods', 'pods', population.pods),
    row('a pod as the API server sends it', 'bytes', podBytes.json),
    row('all agents at once: time', 's', start.ms / 1_000),
    row('an agent begins: bytes', 'bytes', start.bytes / nodes),
    row('an agent begins: CPU of the server', 'ms', cpuMs(start.load, nodes)),
    row("an agent's watch: goroutines of the server", 'goroutines', start.load.goroutines / nodes),
    row("an agent's watch: their stacks", 'KiB', start.load.stackBytes / 1_024 / nodes),
    row(
      "an agent's idle watch: CPU of the server",
      'ms/min',
      (cpuMs(idle.load, nodes) * 60) / idle.load.seconds,
    ),
    row('a change of a pod: bytes to agents', 'bytes', changes.with.bytes / changes.count),
    row(
      'a change of a pod: CPU of the server, no agents',
      'ms',
      cpuMs(changes.without, changes.count),
    ),
    row('the same with all agents', 'ms', cpuMs(changes.with.load, changes.count)),
    row('server restarted: until all agents follow', 's', restart.ms / 1_000),
    row('server restarted: agents that list anew', 'agents', restart.lists),
    row('server restarted: refused for now (429)', 'requests', restart.load.refused),
    row('an agent lists: CPU of the server', 'ms', listMs, atMost(goals.listCpuMs, listMs)),
    row(
      'an agent lists: pages read from etcd',
      'pages',
      listPages,
      atMost(goals.etcdListsPerAgent, listPages),
    ),
    row('with a limit it would be: CPU', 'ms', cpuMs(list.stored, 1)),
    row('with a limit it would be: pages from etcd', 'pages', list.stored.etcdLists),
    row('a run of the plugin: ready to trace', 's', plugin.readyMs / 1_000),
    row('a run of the plugin: bytes', 'bytes', plugin.load.answerBytes),
    row('a run of the plugin: CPU of the server', 'ms', cpuMs(plugin.load, 1)),
    row('a run of the plugin: memory', 'MiB', pluginMib, atMost(goals.pluginMib, pluginMib)),
    row('the name of an address: CPU of the server', 'ms', cpuMs(addresses.load, addresses.count)),
  ];
}
