// The executable pwru-agent: puts the parts together and turns errors into exit codes.
import { runAgent } from './run-agent.ts';

// koffi's asynchronous calls run on libuv's pool, and a session closes its links in parallel. The pool is made when it
// is first used; 4 is Node's default.
process.env['UV_THREADPOOL_SIZE'] ??= '16';

/** With one for each thread an agent grew by 67 MB over 180 pods, of which it held 1. */
const mallocArenas = 2;

/** Programs that are loaded, and large requests: with what malloc keeps of them an agent that was busy stayed 40 MB larger. */
const mallocKeepsBytes = 128 * 1024;

void runAgent(process.argv.slice(2), {
  prepareProcess: async () => {
    const { raiseCapabilities } = await import('./native/capabilities.ts');
    raiseCapabilities();
    const { giveBackFrom, limitMallocArenas } = await import('./native/libc.ts');
    limitMallocArenas(mallocArenas);
    giveBackFrom(mallocKeepsBytes);
  },
  openHost: async (options) => {
    const { openTracingHost } = await import('./trace/host.ts');
    return openTracingHost(options);
  },
  openPods: async (options) => {
    const { openPodDirectory } = await import('./cluster/pod-directory.ts');
    return openPodDirectory(options);
  },
}).then((exitCode) => process.exit(exitCode));
