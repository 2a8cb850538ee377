#!/bin/sh
':' //; PWRU_IGNORES_SIGHUP=0; if [ -r /proc/self/status ]; then while read -r key value; do case "$key$value" in SigIgn:*[13579bdf]) PWRU_IGNORES_SIGHUP=1;; esac; done </proc/self/status; fi; export PWRU_IGNORES_SIGHUP; exec node "$0" "$@"
// The line above is a shell's: it looks whether SIGHUP is ignored (nohup), which Node sets back at its start, and runs Node.
// To Node it is a text and a comment, so it must stay as it is: no semicolon before the slashes.

// What dist/NAME is: runs the bundle lib/NAME.cjs with V8's code cache, if the build left one for this Node. Parsing and
// compiling the bundle is most of a short run; with the cache it is a read. V8 refuses a cache of another version or flags.
'use strict';

const { readFileSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { basename, join } = require('node:path');
const { constants, Script } = require('node:vm');

const path = join(__dirname, 'lib', `${basename(__filename)}.cjs`);
const cachePath = `${path}.${process.version}-${process.arch}.cache`;

function readCache() {
  try {
    return readFileSync(cachePath);
  } catch {
    return undefined;
  }
}

if (process.env.PWRU_IGNORES_SIGHUP === '1') process.on('SIGHUP', () => {});

// The bundle is ASCII: esbuild escapes what is not.
const script = new Script(Module.wrap(readFileSync(path, 'latin1')), {
  filename: path,
  cachedData: readCache(),
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
});
// The build runs the program once like this: the cache then has the functions that a run needs.
if (process.env.PWRU_WRITE_CODE_CACHE === '1') {
  process.on('exit', () => writeFileSync(cachePath, script.createCachedData()));
}
// __dirname of the bundle is this folder: native parts and BPF objects lie here.
script.runInThisContext()(module.exports, require, module, path, __dirname);
