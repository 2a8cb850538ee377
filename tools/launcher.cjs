#!/usr/bin/env node
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
