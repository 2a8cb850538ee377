// node tools/image-root.mjs FOLDER: lays out in FOLDER the root file system of the agent's image: this Node, dist's pwru-agent,
// the shared libraries that they load, the names that libpcap looks up, and nothing else. Run by the Dockerfile, on Debian.
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

const [root] = process.argv.slice(2);
if (root === undefined) throw new Error('usage: node tools/image-root.mjs FOLDER');
const checkout = join(import.meta.dirname, '..');
const dist = join(checkout, 'dist');

/** Where the Dockerfile's ENTRYPOINT looks for it. */
const agentFolder = '/opt/pwru';
const nodePath = '/usr/local/bin/node';

/** What the agent loads by name at run time: agent/src/native/library.ts. */
const loadedLibraries = ['libbpf.so.1', 'libpcap.so.0.8'];

/** Where libpcap finds ports and protocols by name. Without nsswitch.conf(5) glibc looks into files, too. */
const nameFiles = ['/etc/services', '/etc/protocols'];

/** Path in the image: on Debian /lib and /lib64 are links into /usr. */
function place(path) {
  const target = join(root, path.replace(/^\/(lib|lib64)\//, '/usr/$1/'));
  mkdirSync(dirname(target), { recursive: true });
  return target;
}

/** Shared libraries that a file needs, with all that they need: paths as the linker finds them. */
function librariesOf(file) {
  const lines = execFileSync('ldd', [file], { encoding: 'utf8' });
  const missing = /^\s*(\S+) => not found/m.exec(lines)?.[1];
  if (missing !== undefined) throw new Error(`${file} needs ${missing}, which is not installed`);
  return [...lines.matchAll(/^\s*(?:\S+ => )?(\/\S+) \(0x/gm)].map(([, path]) => path);
}

/** Path of a library by its name, as the linker finds it. */
function libraryPath(name) {
  const cache = execFileSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' });
  const line = cache.split('\n').find((entry) => entry.trim().startsWith(`${name} `));
  if (line === undefined) throw new Error(`${name} is not installed`);
  return line.split(' => ')[1];
}

/** Name of the Debian package that a file is from. */
function packageOf(path) {
  for (const spelling of [path, path.replace(/^\/usr\//, '/'), `/usr${path}`, realpathSync(path)]) {
    try {
      const owner = execFileSync('dpkg-query', ['-S', spelling], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      return owner.split(':')[0];
    } catch {
      // It knows files by the path that they had in the package.
    }
  }
  throw new Error(`no Debian package has ${path}`);
}

function copyAgent() {
  const files = [
    'pwru-agent',
    'package.json',
    ...readdirSync(join(dist, 'lib')).map((name) => join('lib', name)),
    ...readdirSync(join(dist, 'bpf'))
      .filter((name) => name.endsWith(`.${process.arch}.bpf.o`) && !name.includes('_test.'))
      .map((name) => join('bpf', name)),
    join('native', process.arch, 'koffi.node'),
  ];
  for (const file of files) {
    if (basename(file).startsWith('kubectl-')) continue;
    copyFileSync(join(dist, file), place(join(agentFolder, file)));
  }
}

mkdirSync(root, { recursive: true });
for (const name of ['lib', 'lib64']) {
  mkdirSync(join(root, 'usr', name), { recursive: true });
  symlinkSync(join('usr', name), join(root, name));
}
copyAgent();
copyFileSync(process.execPath, place(nodePath));
const loaded = loadedLibraries.map(libraryPath);
const native = join(dist, 'native', process.arch, 'koffi.node');
const libraries = new Set([
  ...loaded,
  ...[process.execPath, native, ...loaded].flatMap(librariesOf),
]);
for (const path of [...libraries, ...nameFiles]) copyFileSync(path, place(path));

for (const name of new Set([...libraries, ...nameFiles].map(packageOf))) {
  const copyright = `/usr/share/doc/${name}/copyright`;
  copyFileSync(copyright, place(copyright));
}
copyFileSync(join(checkout, 'LICENSE'), place(join(agentFolder, 'LICENSE')));
const nodeLicense = join(dirname(dirname(process.execPath)), 'LICENSE');
if (existsSync(nodeLicense)) cpSync(nodeLicense, place('/usr/share/doc/node/copyright'));
writeFileSync(
  place('/etc/passwd'),
  'root:x:0:0:root:/:/sbin/nologin\npwru:x:65532:0:pwru-agent:/:/sbin/nologin\n',
);
writeFileSync(place('/etc/group'), 'root:x:0:\n');
