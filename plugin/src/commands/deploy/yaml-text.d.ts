// `import text from './x.yaml' with { type: 'text' }`: esbuild puts the file's text into the bundle.
declare module '*.yaml' {
  const text: string;
  export default text;
}
