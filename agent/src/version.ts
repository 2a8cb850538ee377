import packageJson from '../../package.json' with { type: 'json' };

/** Semantic version of the agent. */
export const version: string = packageJson.version;
