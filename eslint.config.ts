import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const timeAndChance = [
  {
    object: 'Date',
    property: 'now',
    message:
      'Time is handed in: take `nowMillis` from the context (src/world is the only place that reads a clock).',
  },
  {
    object: 'Math',
    property: 'random',
    message: 'Chance is handed in: take `newToken` or `randomBytes` from the context.',
  },
  {
    object: 'crypto',
    property: 'randomUUID',
    message: 'Chance is handed in: take `newUuid` from the context.',
  },
  { object: 'performance', property: 'now', message: 'Time is handed in: take it from the context.' },
];

export default defineConfig(
  { ignores: ['node_modules', 'dist', 'coverage', 'test/fixtures', '**/*.d.ts'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['bin/*.js'] } } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Operations answer promises by contract, whether or not they wait themselves.
      '@typescript-eslint/require-await': 'off',
      // AWS keeps answering members that it calls deprecated; so do we.
      '@typescript-eslint/no-deprecated': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/world/**', 'src/cli/**', 'src/app.ts', 'src/**/*.test.ts'],
    rules: {
      'no-restricted-properties': ['error', ...timeAndChance],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Time is handed in: `new Date(nowMillis)`.',
        },
      ],
      'no-restricted-globals': [
        'error',
        { name: 'setTimeout', message: 'Waiting is the business of src/world.' },
        { name: 'setInterval', message: 'Waiting is the business of src/world.' },
        { name: 'process', message: 'Only src/cli and src/app.ts touch the process.' },
      ],
    },
  },
  {
    // The engine and the words around it run in a browser.
    files: ['src/{aws,policy,explain,lint}/**/*.ts', 'src/delivery/*.ts', 'src/pure.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['node:*'], message: 'This part runs in a browser: no Node built-ins.' }] },
      ],
    },
  },
  {
    files: ['**/*.test.ts', 'test/**', 'bench/**', 'scripts/**'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  {
    files: ['bin/*.js'],
    languageOptions: { sourceType: 'module', globals: { process: 'readonly', console: 'readonly' } },
    extends: [tseslint.configs.disableTypeChecked],
  },
);
