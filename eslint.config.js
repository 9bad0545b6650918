import neostandard from 'neostandard'
import tseslint from 'typescript-eslint'

/** The arrows of ARCHITECTURE.md: what a folder must not import, and why. */
const forbid = (folder, group, message, ...more) => ({
  files: [`${folder}/**/*.ts`],
  rules: { 'no-restricted-imports': ['error', { patterns: [{ group, message }, ...more] }] },
})

/** Of render/ the browser gets types and these modules (docs/decisions/0009-one-set-of-render-functions.md). */
const renderForViewer = {
  regex: String.raw`/render/(?!svg/|html/block\.ts|key-block\.ts|view-parts\.ts)`,
  allowTypeImports: true,
  message: 'the viewer may import what is pure and small: view-parts, key-block, html/block and svg/, and types',
}

const onlyDoor = { selector: 'ImportDeclaration[source.value="pg"]', message: 'sql/connection.ts is the only door to the database' }

/** What the embedded database cannot do, because all its clients share one session; a test lints sql/*.sql with it too. */
const unportableSql = [
  ...[
    [String.raw`(^|;)\s*copy\s+\w`, 'COPY breaks the embedded database for everybody: insert … select from unnest(…)'],
    [String.raw`(^|;)\s*set\s+(?!local\b)\w`, 'SET outlives the transaction and meets other clients: set local'],
    [String.raw`\bcreate\s+(local\s+|global\s+)?temp`, 'a temporary table is visible to all clients of the embedded database'],
    [String.raw`\bpg_(try_)?advisory_lock`, 'a session lock belongs to all clients at once: pg_advisory_xact_lock'],
    [String.raw`(^|;)\s*(un)?(listen|prepare|deallocate|notify)\s`, 'sessions are shared: nothing may stay behind in one'],
  ].flatMap(([pattern, message]) => ['Literal[value', 'TemplateElement[value.raw'].map(node => ({ selector: `${node}=/${pattern}/i]`, message }))),
  { selector: 'CallExpression[callee.property.name="query"] > ObjectExpression', message: 'a named statement belongs to all clients at once' },
]

export default [
  ...neostandard({ ts: true, ignores: ['dist/**', 'tap-snapshots/**', '.tap/**', 'data/**', '.built/**'] }),
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: {
      '@stylistic/comma-dangle': ['error', 'always-multiline'],
      '@typescript-eslint/no-floating-promises': ['error', {
        // t.test() is awaited by tap itself; every other promise is ours to await
        allowForKnownSafePromises: [{ from: 'package', package: '@tapjs/core', name: 'PromiseWithSubtest' }],
      }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-redeclare': 'off', // a schema and its type share a name on purpose
    },
  },
  forbid('core', ['node:*', '**/pipeline/**', '**/server/**', '**/viewer/**', '**/render/**', '**/sql/**', '**/audit/**'],
    'core/ knows no file system, no HTTP, no SQL and no map'),
  forbid('render', ['node:*', '**/pipeline/**', '**/server/**', '**/viewer/**', '**/sql/**'],
    'render/ turns an edition and a view into a format; it knows neither files nor HTTP'),
  forbid('sql', ['**/pipeline/**', '**/server/**', '**/viewer/**', '**/render/**'],
    'sql/ stores editions; it does not know who makes or serves them'),
  forbid('pipeline', ['**/server/**', '**/viewer/**', '**/render/**', '**/audit/**'],
    'pipeline/ makes editions; it does not know who serves them'),
  forbid('server', ['**/pipeline/**', '**/viewer/**', '**/audit/**'],
    'server/ serves editions; it does not know how they were made'),
  forbid('audit', ['**/pipeline/**', '**/server/**', '**/viewer/**', '**/render/**', '**/sql/**'],
    'audit/ attacks what was made; it must not share a mistake with whoever made it'),
  forbid('workshop', ['**/pipeline/**', '**/viewer/**', '**/audit/**', '**/commands/**'],
    'workshop/ is the web of the Werkstatt: what it shows of a project it asks of worker/client.ts'),
  forbid('viewer', ['node:*', '**/pipeline/**', '**/sql/**', '**/server/**', '**/audit/**'],
    'viewer/ runs in the browser: core/ and a part of render/', renderForViewer),
  {
    files: ['**/*.ts'],
    ignores: ['sql/**', 'test/**'],
    rules: { 'no-restricted-syntax': ['error', onlyDoor] },
  },
  {
    files: ['sql/**/*.ts'],
    ignores: ['sql/connection.ts'],
    rules: { 'no-restricted-syntax': ['error', onlyDoor, ...unportableSql] },
  },
  {
    files: ['sql/connection.ts'],
    rules: { 'no-restricted-syntax': ['error', ...unportableSql] },
  },
  {
    files: ['core/**/*.ts', 'render/**/*.ts', 'pipeline/**/*.ts', 'server/**/*.ts', 'sql/**/*.ts', 'audit/**/*.ts'],
    ignores: ['**/config.ts'],
    rules: {
      'no-restricted-properties': ['error',
        { object: 'process', property: 'env', message: 'only atlas.ts and config.ts read the environment' },
        { property: 'localeCompare', message: 'order is by code unit, so that it is the same everywhere' }],
    },
  },
]
