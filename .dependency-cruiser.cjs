// The import rules of ARCHITECTURE.md. `tests/import-rules.test.ts` proves that they see the modules and that they bite.
const engine = (...folders) => `^engine/(${folders.join('|')})/`;

/** Folders of `from` import nothing of the project but what `to` names (and themselves). */
const only = (name, from, to, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^(engine|electron|renderer)/', pathNot: [from, ...to] },
});

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(electron|virtual:)|generated/' },
    },
    only(
      'contract-stands-alone',
      engine('contract'),
      [],
      'Schemas and types only; importable from everywhere.',
    ),
    only(
      'words-stand-on-the-contract',
      engine('words'),
      [engine('contract')],
      'Sentences of window and command line.',
    ),
    only(
      'defaults-stand-on-the-contract',
      engine('defaults'),
      [engine('contract')],
      'Form, file and engine fill in the same.',
    ),
    only(
      'connect-knows-the-contract',
      engine('connect'),
      [engine('contract')],
      'The client side also runs in a browser.',
    ),
    only(
      'tables-know-the-client',
      engine('tables'),
      [engine('connect', 'words', 'contract')],
      'Answers of the API as tables: window and command line share them.',
    ),
    only('numerics-are-leaves', engine('numerics'), [], 'Numbers alone.'),
    only('kernels-are-leaves', engine('kernels'), [engine('contract')], 'Kernels know numbers alone.'),
    only(
      'backends-stand-on-kernels',
      engine('backends'),
      [engine('kernels', 'numerics', 'contract')],
      'training -> models -> ops -> backends -> kernels',
    ),
    only(
      'ops-stand-on-backends',
      engine('ops'),
      [engine('backends', 'kernels', 'numerics', 'contract')],
      'Ops know nothing of runs.',
    ),
    only(
      'models-stand-on-ops',
      engine('models'),
      [engine('ops', 'backends', 'kernels', 'numerics', 'contract')],
      'Models know nothing of runs.',
    ),
    only(
      'data-knows-no-runs',
      engine('data'),
      [engine('numerics', 'defaults', 'contract')],
      'Data knows nothing of runs and of models.',
    ),
    only('evaluation-stands-on-data', engine('evaluation'), [engine('data', 'numerics', 'contract')], ''),
    only(
      'training-knows-no-store',
      engine('training'),
      [engine('models', 'ops', 'backends', 'kernels', 'data', 'evaluation', 'numerics', 'contract')],
      'The loop knows neither SQL nor the API.',
    ),
    only(
      'export-knows-no-store',
      engine('export'),
      [
        engine(
          'models',
          'ops',
          'backends',
          'data',
          'evaluation',
          'training',
          'numerics',
          'words',
          'contract',
        ),
      ],
      '',
    ),
    only(
      'search-is-pure',
      engine('search'),
      [engine('numerics', 'contract'), '^engine/training/random-streams'],
      'Suggestions without store and processes.',
    ),
    only(
      'studies-are-pure',
      engine('studies'),
      [engine('search', 'words', 'defaults', 'contract')],
      'Decisions without store and processes.',
    ),
    only(
      'tasks-know-no-store',
      engine('tasks'),
      [
        engine(
          'models',
          'ops',
          'backends',
          'data',
          'evaluation',
          'training',
          'export',
          'numerics',
          'words',
          'contract',
        ),
      ],
      'Tasks know nothing of runs: services and hosts ask them.',
    ),
    only(
      'inside-stands-on-tasks',
      engine('inside'),
      [engine('tasks', 'models', 'ops', 'backends', 'data', 'training', 'numerics', 'contract')],
      'A look into a model knows neither store nor processes.',
    ),
    only(
      'labs-stand-on-inside',
      engine('labs'),
      [
        engine(
          'inside',
          'tasks',
          'models',
          'ops',
          'backends',
          'data',
          'training',
          'numerics',
          'words',
          'contract',
        ),
      ],
      'A lab knows neither store nor processes.',
    ),
    only(
      'store-knows-the-contract',
      engine('store'),
      [engine('contract', 'data')],
      'Rows and entities; data for the SeriesSource it implements.',
    ),
    only(
      'the-pool-knows-the-store',
      engine('pool'),
      [engine('contract', 'data', 'store')],
      'The mailbox: neither services nor processes.',
    ),
    {
      name: 'services-know-no-host',
      severity: 'error',
      from: { path: engine('services') },
      to: { path: ['^engine/hosts/', '^engine/connect/', '^(electron|renderer)/'] },
    },
    {
      name: 'only-the-store-knows-sqlite',
      severity: 'error',
      from: { path: '^(engine|electron|renderer)/', pathNot: engine('store') },
      to: { path: 'better-sqlite3' },
    },
    {
      name: 'only-the-import-knows-duckdb',
      severity: 'error',
      from: { path: '^(engine|electron|renderer)/', pathNot: '^engine/data/import/' },
      to: { path: '@duckdb/' },
    },
    {
      name: 'only-the-pool-knows-postgres',
      severity: 'error',
      from: { path: '^(engine|electron|renderer)/', pathNot: '^engine/pool/' },
      to: { path: '(^|/)pg(/|$)' },
    },
    {
      name: 'only-charts-know-recharts',
      severity: 'error',
      from: { path: '^renderer/', pathNot: '^renderer/charts/' },
      to: { path: 'recharts' },
    },
    {
      name: 'windows-know-connect-and-contract',
      severity: 'error',
      from: { path: '^renderer/' },
      to: {
        path: '^(engine|electron)/',
        pathNot: engine('connect', 'tables', 'defaults', 'words', 'contract'),
      },
    },
    {
      name: 'no-source-imports-tests',
      severity: 'error',
      from: { path: '^(engine|electron|renderer)/' },
      to: { path: '^tests/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(out|dist|generated|assembly)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
};
