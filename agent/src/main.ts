// The executable pwru-agent: puts the parts together and turns errors into exit codes.
import { runAgent } from './run-agent.ts';

// koffi's asynchronous calls run on libuv's pool, and a session closes its links in parallel. The pool is made when it
// is first used; 4 is Node's default.
process.env['UV_THREADPOOL_SIZE'] ??= '16';

void runAgent(process.argv.slice(2), async (options) => {
  const { openTracingHost } = await import('./trace/host.ts');
  return openTracingHost(options);
}).then((exitCode) => process.exit(exitCode));
