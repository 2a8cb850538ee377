// npm run bench -- [--only vm|icount|host|pods|scale] [--quick] [--full]: measures ours beside the original pwru and prints one
// table; also as JSON in dist/bench.json. vm: both in one lab guest. icount: their cost in guest instructions. host: on this
// machine's own kernel. pods: 200 pods that come and go on a node of a cluster. scale: what 500 nodes with 15,000 pods cost an API
// server, with --full 5,000 with 150,000 (10 GB of memory).
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { tsImport } from 'tsx/esm/api';
import './build.mjs';
import { ensurePeer } from './setup/peer.mjs';

const parts = {
  vm: ['vm-figures.ts', 'vmFigures'],
  icount: ['icount-figures.ts', 'icountFigures'],
  host: ['host-figures.ts', 'hostFigures'],
  pods: ['pods-figures.ts', 'podsFigures'],
  scale: ['scale-figures.ts', 'scaleFigures'],
};
const usage = `usage: npm run bench -- [--only ${Object.keys(parts).join('|')}] [--quick] [--full]`;

const say = (line) => console.error(`bench: ${line}`);

const importBench = (file) => tsImport(`../test/bench/${file}`, import.meta.url);

/** As Debian's changelog says it: the program itself does not know. */
function peerVersion(program) {
  const changelog = join(program, '../../share/doc/pwru/changelog.Debian.gz');
  const [, version] =
    /^pwru \(([^-+)]*)/.exec(gunzipSync(readFileSync(changelog)).toString()) ?? [];
  return version ?? 'of unknown version';
}

async function main() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      full: { type: 'boolean', default: false },
    },
  });
  if (values.only !== undefined && !Object.hasOwn(parts, values.only)) throw new Error(usage);
  const { quick, full } = values;
  const peer = ensurePeer();
  const figures = [];
  for (const [part, [file, measure]] of Object.entries(parts)) {
    if (values.only !== undefined && values.only !== part) continue;
    say(`${part}: measuring`);
    const module = await importBench(file);
    figures.push(...(await module[measure]({ quick, full, peer, say })));
  }
  const peerName = `pwru ${peerVersion(peer)}`;
  writeFileSync(
    join(import.meta.dirname, '../dist/bench.json'),
    `${JSON.stringify({ peer: peerName, quick, full, figures }, undefined, 2)}\n`,
  );
  const { renderTable } = await importBench('figure.ts');
  console.log(renderTable(figures, peerName));
}

main().catch((failure) => {
  console.error(failure.message);
  process.exitCode = 1;
});
