import { hostname, userInfo } from 'node:os';
import type { pwru } from '../../proto/gen/pwru.js';
import type { MachineTarget } from './args/machine-target.ts';
import type { TraceOptions } from './args/trace-options.ts';
import { version } from './version.ts';

/** Of StartTrace.client_name. */
const MAX_CLIENT_NAME_BYTES = 256;

/**
 * The session's request. --timeout is not part of it: the user means the time of tracing, and the agent would count
 * attaching too; the client stops the session itself, and the lease does when the client dies.
 */
export function startRequest(options: TraceOptions): pwru.v1.StartTrace.$Properties {
  return {
    targets: options.targets.map(target),
    filter: options.filter.text,
    functionRegex: options.functionRegex ?? '',
    backend: options.backend ?? '',
    modules: options.modules === 'all' ? [] : [...options.modules],
    allModules: options.modules === 'all',
    ...(options.mark === undefined ? {} : { mark: options.mark }),
    interfaceName: options.interfaceName ?? '',
    track: options.track ?? false,
    stack: options.stack,
    dropsOnly: options.dropsOnly,
    allDrops: options.allDrops,
    shortRepeats: true,
    clientName: clientName(),
  };
}

function target(option: MachineTarget): pwru.v1.Target.$Properties {
  return option.kind === 'netns' ? { netnsName: option.name } : { pid: option.pid };
}

/** `kubectl-pwru 0.1.0 alice@laptop pid 4711`, for the agent's list of sessions. */
function clientName(): string {
  const name = `kubectl-pwru ${version} ${userName()}@${hostname()} pid ${process.pid}`;
  return Buffer.byteLength(name) <= MAX_CLIENT_NAME_BYTES ? name : `kubectl-pwru ${version}`;
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // The user id has no entry in the user database, as in many containers.
    return `uid ${process.getuid?.() ?? '?'}`;
  }
}
