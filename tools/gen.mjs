// Generates proto/gen from proto/pwru/v1: protobufjs static code with its types, and a descriptor set for reflection;
// the layout of the ring records, and what the encoder in the agent and the decoder in the plugin know of their fields.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { generateDescriptors } from './gen/descriptors.mjs';
import { generateEncoderFields } from './gen/encoder-fields.mjs';
import { generateEventFields } from './gen/event-fields.mjs';
import { readEventFields } from './gen/event-proto.mjs';
import { generateLayout } from './gen/layout.mjs';
import { readTypes } from './gen/record-btf.mjs';
import { endMembers, hitMembers, sections } from './gen/record-members.mjs';

const bin = (name) => `node_modules/.bin/${name}`;
const services = readdirSync('proto/pwru/v1').map((file) => `proto/pwru/v1/${file}`);
const protos = [
  ...services,
  ...readdirSync('proto/google/rpc').map((file) => `proto/google/rpc/${file}`),
].sort((a, b) => (a < b ? -1 : 1));
const common = [
  '--path',
  'proto',
  '--no-create',
  '--no-verify',
  '--no-delimited',
  '--no-convert',
  '--no-typeurl',
  '--force-long',
];
execFileSync(bin('pbjs'), [
  '-t',
  'static-module',
  '-w',
  'es6',
  ...common,
  '-o',
  'proto/gen/pwru.js',
  ...protos,
]);
execFileSync(bin('pbts'), ['-o', 'proto/gen/pwru.d.ts', 'proto/gen/pwru.js']);

// The standard services have a module and a protobufjs root of their own: the plugin needs neither.
const standard = ['proto/grpc/health/v1/health.proto', 'proto/grpc/reflection/v1/reflection.proto'];
const root = ['--root', 'grpc'];
execFileSync(bin('pbjs'), [
  '-t',
  'static-module',
  '-w',
  'es6',
  ...root,
  ...common,
  '-o',
  'proto/gen/grpc.js',
  ...standard,
]);
execFileSync(bin('pbts'), ['-o', 'proto/gen/grpc.d.ts', 'proto/gen/grpc.js']);

// And so has the container runtime's interface: only the agent's cluster layer needs it.
execFileSync(bin('pbjs'), [
  '-t',
  'static-module',
  '-w',
  'es6',
  '--root',
  'cri',
  ...common,
  '-o',
  'proto/gen/cri.js',
  'proto/cri/runtime/v1/api.proto',
]);
execFileSync(bin('pbts'), ['-o', 'proto/gen/cri.d.ts', 'proto/gen/cri.js']);
generateDescriptors([...services, ...standard, 'proto/grpc/reflection/v1alpha/reflection.proto']);

const formatted = ['agent/src/core/record/fields.ts', 'plugin/src/events/fields.ts'];
const version = JSON.parse(readFileSync('package.json', 'utf8')).devDependencies['protobufjs-cli'];
for (const file of ['pwru', 'grpc', 'cri'].flatMap((name) => [
  `proto/gen/${name}.js`,
  `proto/gen/${name}.d.ts`,
])) {
  writeFileSync(
    file,
    `// Generated from proto by protobufjs-cli ${version}: npm run gen.\n${readFileSync(file, 'utf8')}`,
  );
}

const types = readTypes();
const fields = readEventFields();
generateLayout(types);
generateEncoderFields({
  members: hitMembers(types, fields),
  ends: endMembers(types, fields),
  sections: sections(types, fields),
  fields,
});
generateEventFields(fields);
// Line breaks as everywhere else.
execFileSync(bin('biome'), ['format', '--write', '--log-level=error', ...formatted]);
