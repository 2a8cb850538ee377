import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

/*
 * Holds the layers of ARCHITECTURE.md: who may import whom. Type-only imports count as well.
 */

const root = join(import.meta.dirname, '..', '..');

/** The one file in which the plugin meets the agent. */
const meetingPoint = 'plugin/src/agents/local.ts';

/** What both may read beside the generated protocol: their version stands there. */
const manifest = 'package.json';

/** Agent layers, each with those that it may import beside itself. Files right under agent/src are "main". */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  main: ['server', 'cluster', 'telemetry', 'trace', 'kernel', 'native', 'core'],
  server: ['trace', 'core'],
  telemetry: ['trace', 'core'],
  cluster: ['kernel', 'core'],
  trace: ['kernel', 'native', 'core'],
  kernel: ['native', 'core'],
  native: ['core'],
  core: [],
};

/** Folders of agent/src/trace, each with those that it may import beside itself. What lies right there is "host". */
const traceFolders: Readonly<Record<string, readonly string[]>> = {
  host: ['request', 'source', 'stream', 'session'],
  session: ['request', 'source', 'stream'],
  stream: ['request'],
  source: ['request'],
  request: [],
};

/** What all of agent/src/trace may import: the words in which it speaks with server and telemetry. */
const ports = ['agent/src/trace/ports.ts', 'agent/src/trace/own-turn.ts'];

/**
 * Folders of plugin/src, each with those that it may import beside itself. What lies right there is "main". The parser of arguments
 * stands alone, and so does what speaks with an API server: commands/ brings them together.
 */
const rooms: Readonly<Record<string, readonly string[]>> = {
  terminal: [],
  events: ['terminal'],
  kubernetes: [],
  cli: ['events'],
  agents: ['events', 'kubernetes', 'cli'],
  targets: ['kubernetes', 'cli'],
  names: ['events', 'kubernetes', 'targets'],
  render: ['terminal', 'events', 'cli', 'names'],
  trace: ['terminal', 'events', 'kubernetes', 'cli', 'agents', 'targets'],
  report: ['terminal', 'events', 'cli', 'agents', 'targets', 'names', 'trace'],
  completion: ['kubernetes', 'cli', 'agents'],
  commands: [
    ...['terminal', 'events', 'kubernetes', 'cli', 'agents', 'targets', 'names', 'render'],
    ...['trace', 'report', 'completion'],
  ],
  main: ['terminal', 'cli', 'completion', 'commands'],
};

/** Files of the plugin that each of its folders may import. */
const openToAll = ['plugin/src/exit-code.ts', 'plugin/src/version.ts'];

/** Packages that a layer may import; core has no others, and no node:* either. */
const corePackages = ['long', 're2js'];

interface Import {
  /** Path from the root. */
  readonly from: string;
  /** A package's name, `node:...`, or a path from the root. */
  readonly to: string;
  readonly isRelative: boolean;
}

/** `from '...'` of imports and exports, `import '...'`, `import('...')`, `require('...')`. */
const specifiers =
  /(?:\bfrom\s+|^\s*import\s+|\bimport\(\s*|\brequire\(\s*)(['"])(?<specifier>[^'"\n]+)\1/gm;

function importsOf(from: string): Import[] {
  const code = withoutComments(readFileSync(join(root, from), 'utf8'));
  return [...code.matchAll(specifiers)].map((match) => {
    const specifier = match.groups?.['specifier'] ?? '';
    const isRelative = specifier.startsWith('.');
    const to = isRelative ? relative(root, join(root, dirname(from), specifier)) : specifier;
    return { from, to, isRelative };
  });
}

function withoutComments(code: string): string {
  return code.replace(/^\s*\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
}

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join(folder, path))
    .sort();
}

function isTest(path: string): boolean {
  return path.endsWith('.test.ts');
}

/** Folder under agent/src, or "main" for files that lie right there. */
function layerOf(path: string): string | undefined {
  const [agentFolder, src, layer, file] = path.split('/');
  if (agentFolder !== 'agent' || src !== 'src') return undefined;
  return file === undefined ? 'main' : layer;
}

/** Folder under agent/src/trace, or "host" for files that lie right there. */
function traceFolderOf(path: string): string {
  const [, , , folder = '', file] = path.split('/');
  return file === undefined ? 'host' : folder;
}

function isShared(path: string): boolean {
  // deploy/ is what `kubectl pwru deploy` applies.
  return path.startsWith('proto/gen/') || path.startsWith('deploy/') || path === manifest;
}

function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

const shown = ({ from, to }: Import) => `${from} imports ${to}`;

const agent = sources('agent/src')
  .filter((path) => !isTest(path))
  .flatMap(importsOf);
const plugin = sources('plugin/src')
  .filter((path) => !isTest(path))
  .flatMap(importsOf);

describe('the agent', () => {
  test.each(Object.entries(mayImport))('layer %s imports only what it may', (layer, lower) => {
    const allowed = new Set([layer, ...lower]);
    const wrong = agent.filter(
      ({ from, to }) =>
        layerOf(from) === layer && to.startsWith('agent/') && !allowed.has(layerOf(to) ?? ''),
    );
    expect(wrong.map(shown)).toEqual([]);
  });

  test.each(Object.entries(traceFolders))(
    'trace/%s imports only what it may of trace',
    (folder, lower) => {
      const allowed = new Set([folder, ...lower]);
      const inTrace = agent.filter(({ from }) => layerOf(from) === 'trace');
      const own = inTrace.filter(({ from }) => traceFolderOf(from) === folder);
      expect(own.length).toBeGreaterThan(0);
      const wrong = own.filter(
        ({ to }) =>
          layerOf(to) === 'trace' && !ports.includes(to) && !allowed.has(traceFolderOf(to)),
      );
      expect(wrong.map(shown)).toEqual([]);
      const folders = new Set(inTrace.map(({ from }) => traceFolderOf(from)));
      expect([...folders].filter((known) => !Object.hasOwn(traceFolders, known))).toEqual([]);
    },
  );

  test('has only the layers that are known here', () => {
    const layers = new Set(agent.map(({ from }) => layerOf(from)));
    expect([...layers].filter((layer) => !Object.hasOwn(mayImport, layer ?? ''))).toEqual([]);
    // What the rules above look at is really there.
    for (const layer of Object.keys(mayImport)) expect(layers).toContain(layer);
  });

  test('core is pure: no node:*, no package but a few', () => {
    const outside = agent.filter(({ from, isRelative }) => layerOf(from) === 'core' && !isRelative);
    expect(outside.filter(({ to }) => !corePackages.includes(packageOf(to))).map(shown)).toEqual(
      [],
    );
  });

  test('core reads no clock, no environment and no randomness', () => {
    const impure =
      /\b(Date\.now|new Date\(\)|performance\.now|process\.|Math\.random|setTimeout|setInterval|console\.)/;
    const found = sources('agent/src/core')
      .filter((path) => !isTest(path))
      .filter((path) => impure.test(withoutComments(readFileSync(join(root, path), 'utf8'))));
    expect(found).toEqual([]);
  });

  test('only native imports koffi', () => {
    const importers = new Set(
      agent.filter(({ to }) => to === 'koffi').map(({ from }) => layerOf(from)),
    );
    expect([...importers]).toEqual(['native']);
  });

  test('outside itself imports only the generated protocol', () => {
    const outside = agent.filter(
      ({ to, isRelative }) => isRelative && !to.startsWith('agent/src/'),
    );
    expect(outside.filter(({ to }) => !isShared(to)).map(shown)).toEqual([]);
    expect(outside.length).toBeGreaterThan(0);
  });
});

/** Folder under plugin/src, or "main" for files that lie right there; undefined: open to all. */
function roomOf(path: string): string | undefined {
  if (openToAll.includes(path)) return undefined;
  const [, , folder = '', file] = path.split('/');
  return file === undefined ? 'main' : folder;
}

describe('the plugin', () => {
  test('meets the agent in the generated protocol and in one file', () => {
    const outside = plugin.filter(
      ({ to, isRelative }) => isRelative && !to.startsWith('plugin/src/'),
    );
    const elsewhere = outside.filter(({ to }) => !isShared(to));
    expect(new Set(elsewhere.map(({ from }) => from))).toEqual(new Set([meetingPoint]));
    expect(elsewhere.filter(({ to }) => !to.startsWith('agent/src/')).map(shown)).toEqual([]);
  });

  test.each(Object.entries(rooms))('%s imports only what it may', (room, lower) => {
    const allowed = new Set([undefined, room, ...lower]);
    const own = plugin.filter(({ from }) => roomOf(from) === room);
    expect(own.length).toBeGreaterThan(0);
    const wrong = own.filter(({ to }) => to.startsWith('plugin/src/') && !allowed.has(roomOf(to)));
    expect(wrong.map(shown)).toEqual([]);
  });

  test('has only the rooms that are known here', () => {
    const found = new Set(plugin.map(({ from }) => roomOf(from)));
    found.delete(undefined);
    expect(found).toEqual(new Set(Object.keys(rooms)));
  });

  test('only terminal/ writes to the standard streams and ends the process', () => {
    const own = /\bprocess\.(stdout|stderr|exit)\b|\bconsole\.|\bwriteSync\(/;
    const found = sources('plugin/src')
      .filter((path) => !isTest(path) && roomOf(path) !== 'terminal')
      .filter((path) => own.test(withoutComments(readFileSync(join(root, path), 'utf8'))));
    expect(found).toEqual([]);
  });

  test('what is open to all imports nothing of the plugin', () => {
    const wrong = plugin.filter(
      ({ from, to }) => openToAll.includes(from) && to.startsWith('plugin/src/'),
    );
    expect(wrong.map(shown)).toEqual([]);
  });
});
