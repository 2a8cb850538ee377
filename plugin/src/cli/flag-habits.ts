import type { CommandName } from './flag-table.ts';

/** Flags that have another name here, or none, by what users of tcpdump and kubectl type (tcpdump(1), kubectl(1)). */
const ofTrace: Readonly<Record<string, string>> = {
  '-c': '--limit N ends a trace after N events',
  '-e': 'all columns are printed where there is room, and -o json has the rest',
  '-f': 'a trace goes on until Ctrl-C, or for --timeout',
  '--follow': 'a trace goes on until Ctrl-C, or for --timeout',
  '-i': '--ifname NAME is for packets on one interface',
  '-v': '--help names what can be printed beside the usual columns',
  '--v': '--help names what can be printed beside the usual columns',
  '-w': 'packets are not saved; -o json prints all that is known of them',
};

const ofDeploy: Readonly<Record<string, string>> = {
  '--dry-run': '--print-only prints the manifests and applies nothing',
  '-f': '--print-only prints the manifests, to be changed and applied with kubectl',
  '-o': '--print-only prints the manifests',
};

/** What to type in place of a flag that the command does not have; undefined: it is nobody's habit. */
export function habitHint(rawName: string, command: CommandName): string | undefined {
  if (command === 'trace') return ofTrace[rawName];
  return command === 'deploy' ? ofDeploy[rawName] : undefined;
}
