// npm run build: BPF objects for both architectures and the two executables, each one CommonJS bundle, into dist/.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** koffi finds its native part through node_modules; in dist it lies beside the bundle. */
const nativeKoffi = {
  name: 'native-koffi',
  setup(builder) {
    builder.onResolve({ filter: /^koffi$/ }, () => ({ path: 'koffi', namespace: 'native' }));
    builder.onLoad({ filter: /.*/, namespace: 'native' }, () => ({
      contents: `module.exports = require(__dirname + '/native/' + process.arch + '/koffi.node');`,
      loader: 'js',
    }));
  },
};

/**
 * How an agent's heap grows where clients keep it busy: by 4 MiB of what has just been made, of which there are 3 (16 by Node's
 * own choice), and by a quarter of what is in use before it is cleared (Node would let it become several times as large). Dockerfile has the same.
 */
const nodeFlags = { 'pwru-agent': ['--max-semi-space-size=4', '--heap-growing-percent=25'] };

async function bundle(entry, name) {
  const outfile = join(dist, 'lib', `${name}.cjs`);
  await build({
    entryPoints: [join(root, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'cjs',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    define: {
      'import.meta.dirname': '__dirname',
      PWRU_VERSION: JSON.stringify(version),
    },
    plugins: [nativeKoffi],
    logLevel: 'warning',
  });
  const launcher = readFileSync(join(root, 'tools', 'launcher.cjs'), 'utf8');
  writeFileSync(
    join(dist, name),
    launcher.replace('exec node', () => ['exec node', ...(nodeFlags[name] ?? [])].join(' ')),
  );
  chmodSync(join(dist, name), 0o755);
}

/**
 * Runs both executables once, so that they leave a code cache: a real trace where this machine allows one, else what they
 * do without privileges.
 */
async function writeCodeCaches() {
  const folder = mkdtempSync(join(tmpdir(), 'pwru-build-'));
  const options = {
    env: { ...process.env, PWRU_WRITE_CODE_CACHE: '1' },
    stdio: 'ignore',
    timeout: 60_000,
  };
  const client = (...args) => spawnSync(join(dist, 'kubectl-pwru'), args, options);
  const agent = spawn(join(dist, 'pwru-agent'), ['--socket', join(folder, 'agent.sock')], {
    ...options,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await Promise.race([once(agent.stdout, 'data'), once(agent, 'exit')]);
  client('--agent', `unix:${join(folder, 'agent.sock')}`, '--timeout', '200ms', '--', 'tcp port 1');
  agent.kill('SIGTERM');
  if (agent.exitCode === null) await once(agent, 'exit');
  // The last run counts: it knows what a run with the agent inside needs, the client's part of the other included.
  client('--local', '--timeout', '200ms', '--', 'tcp port 1');
  rmSync(folder, { recursive: true });
}

/** Not in place: a program that runs from dist has the old file mapped, and would die of the new one. */
function replaceFile(from, to) {
  copyFileSync(from, `${to}.new`);
  renameSync(`${to}.new`, to);
}

function copyNative() {
  const require = createRequire(import.meta.url);
  for (const [arch, folder] of [
    ['x64', 'linux_x64'],
    ['arm64', 'linux_arm64'],
  ]) {
    let home;
    try {
      home = dirname(require.resolve(`@koromix/koffi-linux-${arch}`));
    } catch {
      continue; // npm installs the native part of the building machine only
    }
    mkdirSync(join(dist, 'native', arch), { recursive: true });
    replaceFile(join(home, folder, 'koffi.node'), join(dist, 'native', arch, 'koffi.node'));
  }
}

mkdirSync(dist, { recursive: true });
execFileSync('make', ['-s', '-j2', '-C', join(root, 'bpf'), `OUT=${join(dist, 'bpf')}`], {
  stdio: ['ignore', 'inherit', 'inherit'],
});
copyNative();
// The bundles are CommonJS and have no suffix.
writeFileSync(join(dist, 'package.json'), `${JSON.stringify({ type: 'commonjs', version })}\n`);
const executables = [
  ['agent/src/main.ts', 'pwru-agent'],
  ['plugin/src/main.ts', 'kubectl-pwru'],
].filter(([entry]) => existsSync(join(root, entry)));
rmSync(join(dist, 'lib'), { recursive: true, force: true });
await Promise.all(executables.map(([entry, name]) => bundle(entry, name)));
await writeCodeCaches();
