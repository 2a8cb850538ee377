// pwru-agent with a scripted host, for tests of the process: signals, exit codes, output.
import { runAgent } from '../../agent/src/run-agent.ts';
import { ScriptedHost } from './scripted-host.ts';

void runAgent(process.argv.slice(2), {
  openHost: async () => {
    const host = new ScriptedHost();
    host.onSession = (session) => {
      session.ignoresStop = session.spec.clientName === 'stubborn';
      session.announceStart();
    };
    return host;
  },
  prepareProcess: async () => {},
  openPods: async () => {
    throw new Error('This agent runs in no pod');
  },
}).then((exitCode) => process.exit(exitCode));
