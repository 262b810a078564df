import { expect, test } from 'vitest';
import { projectFiles, seamViolations } from './seam-rules.ts';

test('this project keeps the rules', () => {
  expect(seamViolations(projectFiles())).toEqual([]);
});

test.each([
  ['a comparison', "if (experiment.task.kind === 'forecast') run();"],
  ['a comparison the other way round', "const is = 'forecast' !== kind;"],
  ['a switch', "switch (taskKind) {\n  case 'forecast':\n}"],
  ['a value', "const task = { kind: 'forecast', lookback: 3 };"],
  ['a type', "type Mine = { kind: 'forecast' };"],
  ['a list', "const known = ['forecast', 'label'].includes(kind);"],
  ['a schema', "const schema = z.literal('forecast');"],
  ['a look into a table', 'const words = WORDS[run.configuration.task.kind];'],
  ['a kind taken out of a task', 'const { kind } = experiment.task;'],
  ['a kind taken out of an experiment', 'const { task: { kind } } = experiment;'],
  ['a type of its folder', "import type { ForecastTask } from '../contract/tasks/forecast.ts';"],
  ['what narrows a task', 'const { lookback } = asForecastTask(experiment.task);'],
  ['a file of its folder', "import { x } from '../tasks/forecast/prepare.ts';"],
  ['a file of its folder, on demand', "const { x } = await import('../tasks/forecast/prepare.ts');"],
])('%s is seen outside of the folders of the task', (_, text) => {
  expect(seamViolations({ 'engine/services/a.ts': text })).not.toEqual([]);
  expect(seamViolations({ 'renderer/features/run/a.tsx': text })).not.toEqual([]);
});

test.each(["if (task.loss !== 'cross-entropy') advise();", "switch (loss) {\n  case 'huber':\n}"])(
  'a branch on a loss is seen outside of the losses: %s',
  (text) => {
    expect(seamViolations({ 'engine/words/a.ts': text })).toHaveLength(1);
    expect(seamViolations({ 'engine/training/losses/a.ts': text })).toEqual([]);
    expect(seamViolations({ 'engine/words/a.ts': text.replace(/'.*'/, "'other'") })).toEqual([]);
  },
);

test.each([
  "if (subject === 'linear') hide();",
  "const is = ['repeat', 'other'].includes(score.subject);",
  "const row = { subject: 'mean', value: 1 };",
  "const column = frame.columns['0.seasonal-naive'];",
  'const text = `Worse than the baseline repeat: ${' + 'score}`;',
  "switch (bestBaseline) {\n  case 'repeat':\n}",
])('a baseline is named by its file alone: %s', (text) => {
  expect(seamViolations({ 'engine/words/a.ts': text })).toHaveLength(1);
  expect(seamViolations({ 'engine/evaluation/baselines/a.ts': text })).toEqual([]);
  expect(
    seamViolations({ 'engine/words/a.ts': "const fill = { method: 'mean', activation: 'linear' };" }),
  ).toEqual([]);
});

test.each([
  "const isSquared = score.metric === 'mse';",
  "switch (metric) {\n  case 'rmse':\n}",
  "const known = ['mae', 'mse'].includes(metricName);",
])('a branch on a metric is seen outside of the metrics: %s', (text) => {
  expect(seamViolations({ 'engine/words/a.ts': text }).length).toBeGreaterThan(0);
  expect(seamViolations({ 'engine/evaluation/metrics/a.ts': text })).toEqual([]);
  expect(seamViolations({ 'engine/words/a.ts': "const loss = { loss: 'mse' };" })).toEqual([]);
});

test('a violation says where it is', () => {
  const text = "\nconst is = kind === 'forecast';";
  expect(seamViolations({ 'engine/services/a.ts': text })).toEqual([
    "a-task-is-named-at-home: engine/services/a.ts:2 names kind === 'forecast'; ask taskOf(task), or screensOf(task.kind) in a window",
  ]);
});

test('folders and files called after the task may name it, and registries may list it', () => {
  const text =
    "import { ForecastTask } from './forecast/x.ts';\nconst { kind } = task;\nconst x = kind === 'forecast';";
  for (const path of [
    'engine/tasks/forecast/a.ts',
    'engine/contract/tasks/forecast.ts',
    'engine/tasks/registry.ts',
    'renderer/tasks/forecast/a.tsx',
  ]) {
    expect(seamViolations({ [path]: text }), path).toEqual([]);
  }
});

test('a look-up in the registry, a word that is no kind and a name in a text pass', () => {
  const text = `
    const kind = taskOf(experiment.task);
    const { tabs } = screensOf(run.configuration.task.kind);
    const tab = { id: 'forecast', label: 'Forecast' };
    const message = 'The forecast was cancelled.';
  `;
  expect(seamViolations({ 'engine/services/a.ts': text })).toEqual([]);
});
