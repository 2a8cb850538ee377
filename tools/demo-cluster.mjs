// npm run demo:cluster: a packet that a rule in a pod drops, as kubectl pwru shows it, on a real Kubernetes cluster on this
// machine's kernel. Everything is removed at the end.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { tsImport } from 'tsx/esm/api';
import './build.mjs';

const root = join(import.meta.dirname, '..');
const pwru = join(root, 'dist', 'kubectl-pwru');
const namespace = 'demo';

const say = (line) => console.error(`demo: ${line}`);

/** Runs it as a user would, its command line shown; on this terminal. @returns its exit code */
async function run(cluster, args, onStart) {
  console.error(`\n$ kubectl pwru ${args.join(' ')}`);
  const env = { ...process.env, ...cluster.env, KUBECONFIG: cluster.kubeconfig };
  const child = spawn(pwru, args, { stdio: ['ignore', 'inherit', 'pipe'], env });
  child.stderr.on('data', (bytes) => {
    process.stderr.write(bytes);
    if (/^Tracing /m.test(String(bytes))) onStart?.();
  });
  const [exitCode] = await once(child, 'close');
  return exitCode ?? 1;
}

async function main() {
  const load = (path) => tsImport(path, import.meta.url);
  const { startCluster } = await load('../test/cluster/lab/start-cluster.ts');
  const { agentImage, getAgentImage } = await load('../test/cluster/agents.ts');
  const { startPod } = await load('../test/cluster/pods.ts');
  say("building the agent's image from the Dockerfile (some minutes the first time)");
  const image = await getAgentImage();
  say('starting a cluster of two nodes');
  const cluster = await startCluster({ nodes: 2 });
  try {
    await cluster.importImage(image);
    if ((await run(cluster, ['deploy', '--image', agentImage])) !== 0)
      throw new Error('kubectl pwru deploy has failed');
    await cluster.makeNamespace(namespace);
    const [clientNode, serverNode] = cluster.nodes.map(({ name }) => name);
    await startPod(cluster, { namespace, name: 'client', node: clientNode });
    const address = await startPod(cluster, { namespace, name: 'server', node: serverNode });
    const inPod = async (pod, program, ...args) => {
      const network = await cluster.podNetwork({ namespace, pod });
      execFileSync('nsenter', [`--net=${network}`, program, ...args], { stdio: 'ignore' });
    };
    say('pod/server drops TCP port 80 by a rule of its own; pod/client connects to it');
    await inPod('server', 'iptables', ...'-A INPUT -p tcp --dport 80 -j DROP'.split(' '));
    const trace = [
      'pod/client',
      'pod/server',
      '-n',
      namespace,
      '--dst-port',
      '80',
      '--timeout',
      '3s',
    ];
    process.exitCode = await run(cluster, trace, () => {
      // It is dropped: nothing answers.
      void inPod('client', 'timeout', '0.5', 'bash', '-c', `</dev/tcp/${address}/80`).catch(
        () => {},
      );
    });
  } finally {
    await cluster[Symbol.asyncDispose]();
  }
}

main().catch((failure) => {
  console.error(failure.message);
  process.exitCode = 1;
});
