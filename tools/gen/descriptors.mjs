// Generates proto/gen/descriptors.js: per .proto file its encoded FileDescriptorProto, for server reflection.
// protobufjs' own conversion makes one file per package and relative type names; protoc's form has neither.
import { readFileSync, writeFileSync } from 'node:fs';
import protobuf from 'protobufjs';
import descriptor from 'protobufjs/ext/descriptor.js';

const header = '// Generated from proto by tools/gen/descriptors.mjs: npm run gen.\n';

/** @param {readonly string[]} paths of .proto files under proto/, which is the root of their imports */
export function generateDescriptors(paths) {
  const root = new protobuf.Root();
  const importsOf = new Map();
  const load = (file) => {
    if (importsOf.has(file)) return;
    protobuf.parse.filename = file;
    const { imports = [] } = protobuf.parse(readFileSync(`proto/${file}`, 'utf8'), root, {
      keepCase: true,
    });
    importsOf.set(file, imports);
    for (const imported of imports) load(imported);
  };
  for (const path of paths) load(path.slice('proto/'.length));
  root.resolveAll();

  const descriptors = {};
  for (const [file, imports] of [...importsOf].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const declared = declarationsOf(root, file);
    const proto = descriptor.FileDescriptorProto.create({
      name: file,
      package: declared[0].parent.fullName.slice(1),
      dependency: imports,
      syntax: 'proto3',
    });
    for (const object of declared) {
      if (object instanceof protobuf.Type) proto.messageType.push(messageDescriptor(object));
      else if (object instanceof protobuf.Enum) proto.enumType.push(object.toDescriptor());
      else proto.service.push(serviceDescriptor(object));
    }
    const encoded = Buffer.from(descriptor.FileDescriptorProto.encode(proto).finish());
    descriptors[file] = {
      imports,
      symbols: declared.flatMap(symbolsOf),
      base64: encoded.toString('base64'),
    };
  }
  writeFileSync(
    'proto/gen/descriptors.js',
    `${header}export const fileDescriptors = ${JSON.stringify(descriptors, null, 1)};\n`,
  );
  writeFileSync(
    'proto/gen/descriptors.d.ts',
    `${header}export const fileDescriptors: Readonly<\n  Record<string, { imports: readonly string[]; symbols: readonly string[]; base64: string }>\n>;\n`,
  );
}

/** What `file` declares in its package. */
function declarationsOf(namespace, file) {
  return namespace.nestedArray.flatMap((object) => {
    const declares =
      object instanceof protobuf.Type ||
      object instanceof protobuf.Enum ||
      object instanceof protobuf.Service;
    if (declares) return object.filename === file ? [object] : [];
    return declarationsOf(object, file);
  });
}

/** Full names, without the leading dot, of a declaration and of all that it contains. */
function symbolsOf(object) {
  const name = object.fullName.slice(1);
  if (object instanceof protobuf.Enum) {
    // The values of an enum are siblings of the enum.
    return [
      name,
      ...Object.keys(object.values).map((value) => `${object.parent.fullName.slice(1)}.${value}`),
    ];
  }
  if (object instanceof protobuf.Service)
    return [name, ...object.methodsArray.map((method) => `${name}.${method.name}`)];
  return [
    name,
    ...object.fieldsArray.map((field) => `${name}.${field.name}`),
    ...object.oneofsArray.map((oneof) => `${name}.${oneof.name}`),
    ...object.nestedArray.flatMap(symbolsOf),
  ];
}

function messageDescriptor(type) {
  const message = type.toDescriptor('proto3');
  for (const field of message.field) {
    const source = type.fields[field.name];
    if (source.resolvedType !== null && !source.map) field.typeName = source.resolvedType.fullName;
    if (!source.map) continue;
    // protoc names the entry of `map<..> some_field` SomeFieldEntry.
    const entry = message.nestedType.find(({ name }) => name === field.typeName);
    entry.name = `${field.name.replace(/(?:^|_)([a-z])/g, (_, letter) => letter.toUpperCase())}Entry`;
    field.typeName = `${type.fullName}.${entry.name}`;
    if (source.resolvedType !== null) entry.field[1].typeName = source.resolvedType.fullName;
  }
  message.nestedType = message.nestedType.map((nested) =>
    nested.options?.mapEntry ? nested : messageDescriptor(type.nested[nested.name]),
  );
  return message;
}

function serviceDescriptor(source) {
  const service = source.toDescriptor();
  for (const method of service.method) {
    const { resolvedRequestType, resolvedResponseType } = source.methods[method.name];
    method.inputType = resolvedRequestType.fullName;
    method.outputType = resolvedResponseType.fullName;
  }
  return service;
}
