// node tools/check.mjs: everything about the sources that needs no test: types, lint, format, generated code.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const sourceFolders = ['agent', 'plugin', 'test', 'tools'];
const generated = [
  'proto/gen',
  'agent/src/core/record/layout.ts',
  'agent/src/core/record/fields.ts',
  'plugin/src/events/fields.ts',
];

const checks = {
  types: () => run('tsc', ['-p', '.']),
  biome: () => run('biome', ['check', '--error-on-warnings', '.']),
  oxlint: () =>
    run('oxlint', ['--type-aware', '--deny-warnings', ...sourceFolders, 'vitest.config.ts']),
  'clang-format': () => run('clang-format', ['--dry-run', '-Werror', ...cFiles()]),
  'generated code': isGeneratedCodeCurrent,
};

let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  const startMs = performance.now();
  const ok = check();
  console.log(
    `check: ${name}: ${ok ? 'ok' : 'FAILED'} (${((performance.now() - startMs) / 1000).toFixed(1)} s)`,
  );
  if (!ok) failed += 1;
}
process.exitCode = failed === 0 ? 0 : 1;

/** Runs a program of node_modules or of the machine, and shows what it says when it fails. */
function run(program, args) {
  const path = `${join(root, 'node_modules/.bin')}:${process.env.PATH}`;
  const child = spawnSync(program, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, PATH: path },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (child.status !== 0) console.log(child.error?.message ?? `${child.stdout}${child.stderr}`);
  return child.status === 0;
}

function cFiles() {
  return ['bpf', 'test'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .filter((name) => /\.[ch]$/.test(name))
      .map((name) => join(folder, name)),
  );
}

/** Generates it again in place: what was current does not change. */
function isGeneratedCodeCurrent() {
  const before = readGenerated();
  if (!run(process.execPath, ['tools/gen.mjs'])) return false;
  const after = readGenerated();
  const stale = [...after]
    .filter(([path, text]) => before.get(path) !== text)
    .map(([path]) => path);
  for (const path of stale) console.log(`${path} was not current: commit what npm run gen makes`);
  return stale.length === 0;
}

function readGenerated() {
  const paths = generated.flatMap((path) =>
    path.endsWith('.ts') ? [path] : readdirSync(join(root, path)).map((name) => join(path, name)),
  );
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}
