import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { dist } from '../support/trace.ts';

/** koffi's native part, beside the product's bundles. */
const nativeKoffi: Plugin = {
  name: 'native-koffi',
  setup(builder) {
    builder.onResolve({ filter: /^koffi$/ }, () => ({ path: 'koffi', namespace: 'native' }));
    builder.onLoad({ filter: /.*/, namespace: 'native' }, () => ({
      contents: `module.exports = require(${JSON.stringify(join(dist, 'native'))} + '/' + process.arch + '/koffi.node');`,
      loader: 'js',
    }));
  },
};

/**
 * Makes one file of a script that uses the agent's modules: to read many from node_modules takes a guest minutes.
 * @param entry path of the script
 * @param outfile path of the file, which has the product's BPF objects as if it lay in dist
 */
export async function bundleForGuest(entry: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    define: { 'import.meta.dirname': JSON.stringify(dist) },
    plugins: [nativeKoffi],
    logLevel: 'warning',
  });
}
