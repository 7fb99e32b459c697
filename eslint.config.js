import tseslint from 'typescript-eslint';

/**
 * Imports run one way: components → lessons → shell → cli → client → (HTTP) → cloud.
 * Each folder names the folders it may import from; anything else is an error.
 */
const mayImport = {
  'disk-image': [],
  python: [],
  cloud: ['disk-image', 'python'],
  client: [],
  cli: ['client', 'disk-image', 'python'],
  shell: ['cli', 'client', 'cloud', 'disk-image', 'transcript'],
  transcript: [],
  // client: how Swift orders its headers, which both ends have to put right
  door: ['cloud', 'client', 'shell', 'disk-image'],
  'walk-throughs': [],
  lessons: ['shell', 'transcript', 'cloud', 'client', 'cli'],
  components: ['lessons', 'shell', 'transcript', 'client', 'cloud', 'disk-image', 'walk-throughs', 'css'],
  // cli: the page that lists the commands is made from their table
  plugins: ['transcript', 'cli', 'cloud', 'components'],
};
const folders = [...Object.keys(mayImport), 'theme', 'pages', 'css'];

const walls = Object.entries(mayImport).map(([folder, allowed]) => ({
  files: [`src/${folder}/**/*.{ts,tsx}`],
  ignores: ['**/*.test.ts', '**/*.test.tsx'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: folders
          .filter((other) => other !== folder && !allowed.includes(other))
          .map((other) => ({
            group: [`**/../${other}`, `**/../${other}/**`, `@site/src/${other}/**`],
            message: `src/${folder} may import only from: ${allowed.join(', ') || 'nothing of ours'}.`,
          })),
      },
    ],
  },
}));

export default tseslint.config(
  { ignores: ['build/', '.docusaurus/', 'node_modules/', 'docs/reference/client/', 'coverage/'] },
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': 'error',
    },
  },
  ...walls,
  // Scripts print what they find out.
  { files: ['examples/**/*.ts', 'real-cloud/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    // The cloud is deterministic: clock and ids are injected.
    files: ['src/cloud/**/*.ts', 'src/disk-image/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Use the injected IdSource.' },
        { object: 'Date', property: 'now', message: 'Use the injected Clock.' },
        { object: 'crypto', property: 'randomUUID', message: 'Use the injected IdSource.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Use the injected Clock.',
        },
      ],
      'no-restricted-globals': ['error', 'process', 'Buffer', 'window', 'document', 'setTimeout'],
    },
  },
);
