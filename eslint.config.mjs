import tseslint from 'typescript-eslint';
import reactHooks from 'eslint-plugin-react-hooks';

const server = ['apps/{community,sensing,dispatch,gateway}/**/*.ts', 'libs/**/*.ts', 'simulators/**/*.ts'];

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'data/', 'coverage/'] },
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Nest modules are classes without members.
      '@typescript-eslint/no-extraneous-class': 'off',
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    // Not for .ts: a decorated constructor parameter's class is needed at run time, which this rule cannot see without types.
    files: ['**/*.tsx'],
    rules: {
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
    },
  },
  {
    files: server,
    ignores: ['**/*.spec.ts', '**/*.conformance.ts', '**/fake-*.ts', '**/in-memory-*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'env',
          message: 'Settings are read once, in libs/platform/config. Inject SETTINGS.',
        },
        { object: 'Date', property: 'now', message: 'Time comes from the injected Clock (libs/platform/clock).' },
        { object: 'crypto', property: 'randomUUID', message: 'Ids come from the injected Ids (libs/platform/clock).' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Time comes from the injected Clock (libs/platform/clock).',
        },
      ],
    },
  },
  // Programs of the command line: they talk on the terminal and are where the environment and the clock come in.
  {
    files: [
      'libs/platform/{config,clock}/**',
      'apps/*/src/main.ts',
      'simulators/**',
      'test/**',
      'scripts/**',
      '.ci/**',
    ],
    rules: { 'no-restricted-properties': 'off', 'no-restricted-syntax': 'off', 'no-console': 'off' },
  },
  { files: ['apps/console/**/*.{ts,tsx}'], ...reactHooks.configs.flat?.recommended },
);
