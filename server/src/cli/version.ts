// Owns the tool's own name and version, as outputs and `--version` print them.
// It must not know anything else: the version is held equal to `package.json` by a test.

export const tool = { name: 'contract-fidelity', version: '0.1.0' } as const;
