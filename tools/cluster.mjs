// node tools/cluster.mjs [--nodes N] [--agent-image] [-- COMMAND [ARG...]]
// Starts a Kubernetes cluster on this machine's kernel, runs COMMAND (a shell on a terminal unless given) with KUBECONFIG set and
// kubectl in PATH, and removes everything. With --agent-image the nodes have the agent's image, for "kubectl pwru deploy".
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { tsImport } from 'tsx/esm/api';

const usage = 'usage: node tools/cluster.mjs [--nodes N] [--agent-image] [-- COMMAND [ARG...]]';

const say = (line) => console.error(`cluster: ${line}`);

async function main() {
  const separator = process.argv.indexOf('--');
  const end = separator < 0 ? process.argv.length : separator;
  const { values } = parseArgs({
    args: process.argv.slice(2, end),
    options: { nodes: { type: 'string', default: '2' }, 'agent-image': { type: 'boolean' } },
  });
  const nodes = Number(values.nodes);
  if (!Number.isInteger(nodes) || nodes < 1) throw new Error(usage);
  const asked = process.argv.slice(end + 1);
  if (asked.length === 0 && !process.stdin.isTTY) throw new Error(usage);
  const [program, ...args] = asked.length > 0 ? asked : [process.env.SHELL || 'bash'];

  const { startCluster } = await tsImport('../test/cluster/lab/start-cluster.ts', import.meta.url);
  say(`starting ${nodes} node${nodes === 1 ? '' : 's'}`);
  const startMs = performance.now();
  const cluster = await startCluster({ nodes });
  try {
    if (values['agent-image']) {
      const { agentImage, getAgentImage } = await tsImport(
        '../test/cluster/agents.ts',
        import.meta.url,
      );
      await cluster.importImage(await getAgentImage());
      say(`its nodes have ${agentImage}: kubectl pwru deploy --image ${agentImage}`);
    }
    say(`ready after ${((performance.now() - startMs) / 1000).toFixed(1)} s`);
    say(`KUBECONFIG=${cluster.kubeconfig}`);
    say(`kubectl is ${cluster.kubectlPath()}, of a later version ${cluster.kubectlPath('1.32')}`);
    say(`logs are in ${cluster.folder}`);
    process.exitCode = await runCommand(program, args, {
      ...cluster.env,
      PATH: `${dirname(cluster.kubectlPath())}:${process.env.PATH}`,
      PWRU_CLUSTER: cluster.folder,
    });
  } finally {
    await cluster[Symbol.asyncDispose]();
  }
}

/** @returns its exit code, 128 + signal when one killed it */
async function runCommand(program, args, env) {
  const child = spawn(program, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  // On a terminal it has got the signal as well; this process waits for it and cleans up.
  const relay = { SIGINT: () => {}, SIGTERM: () => child.kill('SIGTERM') };
  for (const [signal, handler] of Object.entries(relay)) process.on(signal, handler);
  const [exitCode, signal] = await once(child, 'close');
  return exitCode ?? 128 + constants.signals[signal];
}

main().catch((failure) => {
  console.error(failure.message);
  process.exitCode = 125;
});
