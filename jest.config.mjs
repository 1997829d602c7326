/** One Jest project per shelf of tests; `npm test` runs them in this order (see scripts/test.mjs). */
const shared = {
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  testEnvironment: 'node',
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript', decorators: true, tsx: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, react: { runtime: 'automatic' } },
        },
        module: { type: 'es6' },
      },
    ],
  },
  moduleNameMapper: {
    '^@sc/contracts$': '<rootDir>/libs/contracts/index.ts',
    '^@sc/domains$': '<rootDir>/libs/domains/index.ts',
    '^@sc/platform/(.*)$': '<rootDir>/libs/platform/$1/index.ts',
    '^@sc/features/(.*)$': '<rootDir>/libs/features/$1/index.ts',
    '^@sc/apps/(.*)$': '<rootDir>/apps/$1/src/index.ts',
    '^@sc/simulators$': '<rootDir>/simulators/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
};

const project = (displayName, testMatch) => ({ ...shared, rootDir: import.meta.dirname, displayName, testMatch });

export default {
  projects: [
    project('unit', ['<rootDir>/{libs,apps,simulators}/**/*.spec.{ts,tsx}']),
    project('integration', ['<rootDir>/test/integration/**/*.test.ts']),
    project('e2e', ['<rootDir>/test/e2e/**/*.test.ts']),
    project('faults', ['<rootDir>/test/faults/**/*.test.ts']),
    project('browser', ['<rootDir>/test/browser/**/*.test.ts']),
  ],
};
