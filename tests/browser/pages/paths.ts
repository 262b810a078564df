// The addresses of the workbench's screens, for tests that go through all of them.

/** The list of runs, and every tab of the first. */
export const RUN_PATHS = [
  'runs',
  'runs/1',
  'runs/1/forecast',
  'runs/1/inside?unit=0&step=3',
  'runs/1/inside?view=gates',
  'runs/1/inside?view=gradients',
  'runs/1/inside?view=weights',
  'runs/1/inside?view=attribution',
  'runs/1/inside?view=alike',
  'runs/1/inside?view=play',
  'runs/1/inside?view=diagnosis',
  'runs/1/new-data',
  'runs/1/scores',
  'runs/1/configuration',
  'runs/1/log',
] as const;
