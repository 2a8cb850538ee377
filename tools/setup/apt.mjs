// apt as this machine has it, and a second configuration for suites that the machine does not have.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cache.mjs';
import { SetupError, say } from './say.mjs';

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
const lockWaitS = 600;
const quietEnvironment = {
  ...process.env,
  DEBIAN_FRONTEND: 'noninteractive',
  DEBCONF_NONINTERACTIVE_SEEN: 'true',
  LC_ALL: 'C.UTF-8',
};

/** Those of `packages` that dpkg does not have installed. */
export function missingPackages(packages) {
  const query = spawnSync(
    'dpkg-query',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own placeholders
    ['-W', '-f', '${binary:Package} ${db:Status-Status}\n', ...packages],
    {
      encoding: 'utf8',
    },
  );
  if (query.error) throw new SetupError('this set-up needs Debian: there is no dpkg-query');
  const installed = new Set(
    query.stdout
      .split('\n')
      .map((line) => line.split(' '))
      .filter(([, status]) => status === 'installed')
      .map(([name]) => name.split(':')[0]),
  );
  return packages.filter((name) => !installed.has(name));
}

/** Installs what is missing of `packages` from the machine's own sources. */
export function installPackages(packages) {
  const missing = missingPackages(packages);
  if (missing.length === 0) return;
  if (process.getuid() !== 0) {
    throw new SetupError(
      `cannot install without root: run as root, apt-get install --no-install-recommends ${missing.join(' ')}`,
    );
  }
  say(`installing ${missing.length} Debian packages: ${missing.join(' ')}`);
  const install = ['install', '-y', '--no-install-recommends', '-o', 'Dpkg::Use-Pty=0', ...missing];
  if (!hasLists() || !aptGet(install).ok) {
    say('reading the package lists');
    mustAptGet(['update']);
    mustAptGet(install);
  }
}

/** Whether apt has read the lists of all its sources: a fresh minbase has those of the one suite that it was made from. */
function hasLists() {
  const update = spawnSync('apt-get', ['update', '--print-uris'], { encoding: 'utf8' });
  const releases = [...update.stdout.matchAll(/^'\S*\/InRelease' (\S+)/gm)];
  return releases.every(([, name]) => existsSync(join('/var/lib/apt/lists', name)));
}

/** A place to take packages from: apt-get options that select the machine's own sources or one other suite. */
export function ownSources() {
  let fresh = hasLists();
  return {
    name: "the machine's own suites",
    options: [],
    prepare() {
      if (!fresh) mustAptGet(['update']);
      fresh = true;
    },
  };
}

/**
 * Suite `suite` (`trixie-backports`) of the mirror that the machine uses, with lists and cache of its own, so that the machine's
 * apt does not notice. Undefined when the machine has no Debian mirror to derive it from.
 * @param {{ withSource?: boolean }} options `withSource`: source packages as well, for `downloadSource`
 */
export function otherSuite(suite, { withSource = false } = {}) {
  const mirror = mirrorOf(suite);
  if (mirror === undefined) return undefined;
  const folder = cacheFolder('apt', withSource ? `${suite}-source` : suite);
  for (const name of ['lists/partial', 'archives/partial'])
    mkdirSync(join(folder, name), { recursive: true });
  const entry = `[signed-by=${keyring}] ${mirror} ${suite} main\n`;
  writeFileSync(
    join(folder, 'sources.list'),
    `deb ${entry}${withSource ? `deb-src ${entry}` : ''}`,
  );
  const options = Object.entries({
    'Dir::Etc::SourceList': join(folder, 'sources.list'),
    'Dir::Etc::SourceParts': '/dev/null',
    'Dir::State::Lists': join(folder, 'lists'),
    // Else what is installed here, of another origin and a higher version, would be what apt looks for.
    'Dir::State::Status': '/dev/null',
    'Dir::Cache': folder,
    'Dir::Cache::Archives': join(folder, 'archives'),
    'APT::Get::List-Cleanup': '0',
  }).flatMap(([key, value]) => ['-o', `${key}=${value}`]);
  let fresh = false;
  return {
    name: suite,
    options,
    prepare() {
      if (fresh) return;
      say(`reading the package list of ${suite}`);
      mustAptGet([...options, 'update']);
      fresh = true;
    },
  };
}

/** Names of packages in `source` that match `pattern`, an extended regular expression. */
export function searchPackages(source, pattern) {
  const search = spawnSync('apt-cache', [...source.options, 'search', '--names-only', pattern], {
    encoding: 'utf8',
  });
  if (search.status !== 0)
    throw new SetupError(`apt-cache search in ${source.name}: ${search.stderr.trim()}`);
  return search.stdout
    .split('\n')
    .map((line) => line.split(' - ')[0].trim())
    .filter((name) => name !== '');
}

/** Downloads `packages` from `source` and unpacks them into `folder`; nothing is installed. */
export function unpackPackages(source, packages, folder) {
  const downloads = join(folder, '.deb');
  mkdirSync(downloads, { recursive: true });
  const args = [...source.options, 'download', ...packages];
  if (!aptGet(args, downloads).ok) {
    // Old versions vanish from the archive: the list may be older than the mirror.
    mustAptGet([...source.options, 'update']);
    mustAptGet(args, downloads);
  }
  for (const name of readdirSync(downloads)) {
    const unpack = spawnSync('dpkg-deb', ['-x', join(downloads, name), folder], {
      encoding: 'utf8',
    });
    if (unpack.status !== 0) throw new SetupError(`cannot unpack ${name}: ${unpack.stderr.trim()}`);
  }
  rmSync(downloads, { recursive: true });
}

/**
 * Downloads the source package `name` from `source` (made with `withSource`) into `folder`, as it is: not unpacked, not patched.
 * apt checks it against the signed list.
 */
export function downloadSource(source, name, folder) {
  mkdirSync(folder, { recursive: true });
  mustAptGet([...source.options, 'source', '--download-only', name], folder);
}

/** URI of the Debian mirror that has `suite`, as apt on this machine understands its sources. */
export function mirrorOf(suite) {
  const codename = /^VERSION_CODENAME=(.*)$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1];
  const targets = spawnSync(
    'apt-get',
    ['indextargets', '--format', '$(REPO_URI) $(RELEASE)', 'Created-By: Packages'],
    { encoding: 'utf8' },
  );
  const uris = new Map(targets.stdout.split('\n').map((line) => line.split(' ').reverse()));
  return suite.endsWith('-security') ? uris.get(`${codename}-security`) : uris.get(codename);
}

function mustAptGet(args, cwd) {
  const { ok, output } = aptGet(args, cwd);
  if (!ok)
    throw new SetupError(
      `apt-get ${args.filter((arg) => !arg.includes('::') && arg !== '-o').join(' ')} failed:\n${output}`,
    );
}

/** Runs apt-get and waits while another process has apt's lock (dpkg's lock apt-get waits for by itself). */
function aptGet(args, cwd) {
  const deadlineMs = Date.now() + lockWaitS * 1_000;
  for (;;) {
    const child = spawnSync(
      'apt-get',
      [
        '-qq',
        '-o',
        `DPkg::Lock::Timeout=${lockWaitS}`,
        '-o',
        'APT::Sandbox::User=root',
        '-o',
        'Acquire::Retries=3',
        ...args,
      ],
      {
        encoding: 'utf8',
        cwd,
        env: quietEnvironment,
        stdio: ['ignore', 'pipe', 'pipe'],
        maxBuffer: 64 * 1024 * 1024,
      },
    );
    const output = `${child.stdout}${child.stderr}`.trim();
    if (
      child.status === 0 ||
      !/Could not get lock|Unable to lock/.test(output) ||
      Date.now() > deadlineMs
    ) {
      return { ok: child.status === 0, output };
    }
    say('another process has the lock of apt: waiting');
    sleepMs(5_000);
  }
}

function sleepMs(durationMs) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, durationMs);
}
