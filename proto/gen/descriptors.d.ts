// Generated from proto by tools/gen/descriptors.mjs: npm run gen.
export const fileDescriptors: Readonly<
  Record<string, { imports: readonly string[]; symbols: readonly string[]; base64: string }>
>;
