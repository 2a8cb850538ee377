import { commandHelp, shortExamples } from './command-help.ts';
import { type CommandName, type FlagName, flagSpec, flagsOf, type Section } from './flag-table.ts';

const WIDTH = 80;
/** Where the text about a flag begins. */
const ABOUT_COLUMN = 25;

const sections: readonly Section[] = [
  'targets',
  'packets',
  'functions',
  'agents',
  'output',
  'connection',
];

/** What `kubectl pwru COMMAND --help` prints; of 'trace' also what --help alone prints. */
export function helpFor(command: CommandName): string {
  const { about, usage, examples, headings, footer } = commandHelp[command];
  const names = flagsOf(command);
  const flagSections = sections.flatMap((section) => {
    const ofSection = names.filter((name) => sectionOf(name, command) === section);
    if (ofSection.length === 0) return [];
    const heading = headings?.[section] ?? defaultHeadings[section];
    const lines = section === 'connection' ? listNames(ofSection) : ofSection.flatMap(flagLines);
    return [[heading, ...lines].join('\n')];
  });
  const usageLines = ['Usage:', ...usage.map((line) => `  kubectl pwru ${line}`)];
  const exampleLines = [
    'Examples:',
    ...examples.flatMap(([what, line]) => [`  # ${what}`, `  kubectl pwru ${line}`]),
  ];
  return `${[
    about,
    usageLines.join('\n'),
    exampleLines.join('\n'),
    ...flagSections,
    ...(footer === undefined ? [] : [footer]),
  ].join('\n\n')}\n`;
}

/** What `kubectl pwru` alone begins with. */
export const shortHelp = [
  commandHelp.trace.about,
  '',
  ...commandHelp.trace.usage.map((line) => `  kubectl pwru ${line}`),
  '',
  ...shortExamples.map((line) => `  kubectl pwru ${line}`),
  '',
  'kubectl pwru --help tells all.',
].join('\n');

const defaultHeadings: Readonly<Record<Section, string>> = {
  targets: 'Targets:',
  packets: 'Packets:',
  functions: 'Functions:',
  agents: 'Agents:',
  output: 'Output:',
  connection: 'Connection to the API server, as for kubectl (kubectl options):',
};

/** Only a trace has targets: what chooses them chooses agents elsewhere, or is there because kubectl has it. */
function sectionOf(name: FlagName, command: CommandName): Section {
  const { section } = flagSpec(name);
  if (command === 'trace' || section !== 'targets') return section;
  return name === 'namespace' ? 'connection' : 'agents';
}

/** `  -o, --output FORMAT      table (default) or json`, wrapped. */
function flagLines(name: FlagName): string[] {
  const { short, value, about } = flagSpec(name);
  const flag = `${short === undefined ? '      ' : `  -${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;
  const [first = '', ...rest] = wrapped(about.split(' '), WIDTH - ABOUT_COLUMN);
  const indent = ' '.repeat(ABOUT_COLUMN);
  const head =
    flag.length > ABOUT_COLUMN - 2
      ? [flag, `${indent}${first}`]
      : [`${flag.padEnd(ABOUT_COLUMN)}${first}`];
  return [...head, ...rest.map((line) => `${indent}${line}`)];
}

function listNames(names: readonly FlagName[]): string[] {
  return wrapped(
    names.map((name) => `--${name}`),
    WIDTH - 2,
  ).map((line) => `  ${line}`);
}

function wrapped(words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = '';
    }
    line += line === '' ? word : ` ${word}`;
  }
  return [...lines, line];
}
