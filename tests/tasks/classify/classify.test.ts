// A classifier of texts is trained by the loop, resumes bit for bit, beats chance only where there is something to learn, and sees
// nothing of the test part before it is scored.
import { expect, test } from 'vitest';
import { ClassifyFrame } from '../../../engine/contract/tasks/classify-frame.ts';
import { exportCsv } from '../../../engine/export/csv.ts';
import { exportReport } from '../../../engine/export/report/report.ts';
import { classifyAnswerJob, classifyResultJob } from '../../../engine/hosts/trainer/jobs/classify-views.ts';
import { predict, predictPart } from '../../../engine/hosts/trainer/predict.ts';
import { parseExperiment } from '../../../engine/services/runs/start.ts';
import { contentOf } from '../../../engine/tasks/content.ts';
import { prepareTask } from '../../../engine/tasks/task-of.ts';
import { made } from '../../export/made-run.ts';
import { CONFIGURATION, madeSamples, sourceOf, tableOf, trainOn } from './made-samples.ts';

const TABLE = madeSamples(300);
const messages = await trainOn(TABLE);
const endOf = (all: typeof messages) =>
  all.find((message) => message.type === 'ended') ?? expect.unreachable();
const preparedOf = (all: typeof messages) =>
  all.find((message) => message.type === 'prepared') ?? expect.unreachable();
const ended = endOf(messages);

const scoreOf = (subject: string, metric: string) =>
  ended.scores.find(
    (score) => score.subject === subject && score.metric === metric && score.part === 'test',
  )!;

test('it learns words, and its baselines stand beside it', () => {
  expect(scoreOf('model', 'accuracy')).toMatchObject({ value: expect.any(Number), count: 45 });
  expect(scoreOf('model', 'accuracy').value).toBeGreaterThan(0.95);
  const subjects = new Set(ended.scores.map(({ subject }) => subject));
  expect([...subjects]).toEqual(['model', 'majority', 'naive-bayes', 'bag-of-words', 'letter-n-grams']);
  expect(scoreOf('majority', 'accuracy').value).toBeLessThan(0.7);
  expect(scoreOf('bag-of-words', 'accuracy').value).toBeGreaterThan(0.95);
  expect(preparedOf(messages).notes.join(' ')).toContain('nothing of the training text is unknown');
});

test('a run that was stopped and resumed ends with the same weights', async () => {
  const stopped = await trainOn(TABLE, CONFIGURATION, { stopAfter: 17 });
  const checkpoint = stopped.findLast((message) => message.type === 'checkpoint') ?? expect.unreachable();
  expect(endOf(stopped).state).toBe('stopped');
  const resumed = await trainOn(TABLE, CONFIGURATION, { checkpoint: checkpoint.data });
  expect(endOf(resumed).weightsHash).toBe(ended.weightsHash);
  expect(ended.weightsHash).not.toBeNull();
});

test('shuffled labels are learned by chance alone', async () => {
  const found = endOf(await trainOn(madeSamples(400, 3, 'shuffled')));
  const accuracy = found.scores.find(
    ({ part, metric, subject }) => part === 'test' && metric === 'accuracy' && subject === 'model',
  )!;
  const error = Math.sqrt(0.25 / accuracy.count);
  expect(Math.abs(accuracy.value - 0.5)).toBeLessThan(3 * error);
});

test('another text in the test part changes nothing that was fitted', () => {
  const experiment = parseExperiment(CONFIGURATION);
  const fittedOn = (table: typeof TABLE) =>
    prepareTask(experiment, { kind: 'samples', name: 'x', samples: table }).fitted;
  const parts = TABLE.hashes.map((_, row) =>
    row % 3 === 0 ? 'test' : row % 3 === 1 ? 'validation' : 'train',
  );
  const given = { ...TABLE, parts } as typeof TABLE;
  const split = { kind: 'samples', by: 'given' };
  const [text, label] = TABLE.columns as [
    Extract<(typeof TABLE.columns)[0], { kind: 'text' }>,
    (typeof TABLE.columns)[1],
  ];
  const texts = text.texts.map((one, row) => (parts[row] === 'test' ? `unheard words ${row}` : one));
  const other = { ...given, columns: [{ ...text, texts }, label] };
  const [a, b] = [given, other].map(
    (table) =>
      prepareTask(parseExperiment({ ...CONFIGURATION, split }), {
        kind: 'samples',
        name: 'x',
        samples: table,
      }).fitted,
  );
  expect(b).toEqual(a);
  expect(fittedOn(given)).not.toEqual(a);
});

test('new samples are answered as the test part is, in whatever company', async () => {
  const experiment = parseExperiment(CONFIGURATION);
  const model = { fitted: preparedOf(messages).fitted, weights: ended.best!.weights };
  const job = { workspacePath: '', datasetVersionId: 1, experiment, model, threads: 1 };
  const test = ClassifyFrame.decode(await predictPart({ ...job, part: 'test' }, sourceOf(TABLE)));
  const text = TABLE.columns[0] as Extract<(typeof TABLE.columns)[0], { kind: 'text' }>;
  const rows = [...test.columns.sample].slice(0, 5);
  const samples = tableOf(
    [...rows.map((row) => text.texts[row]!), 'x '.repeat(150)],
    ['?', '?', '?', '?', '?', '?'],
  );
  const answer = ClassifyFrame.decode(await predict({ ...job, part: 'future', samples }, sourceOf(TABLE)));
  expect(answer.header).toMatchObject({ part: 'future', classes: ['bad', 'good'] });
  expect([...answer.columns.truth]).toEqual([-1, -1, -1, -1, -1, -1]);
  // Padding to another length changes no probability by more than 1e-6.
  for (const row of rows.keys())
    expect(Math.abs(answer.columns.probability[0]![row]! - test.columns.probability[0]![row]!)).toBeLessThan(
      1e-6,
    );
});

test('answers, confusion matrix and classes are exported as tables and as a report', async () => {
  const experiment = parseExperiment(CONFIGURATION);
  const model = { fitted: null, weights: ended.best!.weights };
  const job = { workspacePath: '', datasetVersionId: 1, experiment, model, threads: 1 };
  const bytes = await predictPart({ ...job, part: 'test' }, sourceOf(TABLE));
  const { run, steps, epochs } = made();
  const source = {
    run: { ...run, configuration: experiment, scores: [...ended.scores] },
    task: contentOf(experiment, bytes),
    steps,
    epochs,
  };
  const files = exportCsv(source);
  const textOf = async (name: string) =>
    (await files.find((file) => file.name === name)!.content.text()).trimEnd().split('\n');
  expect((await textOf('answers.csv'))[0]).toBe('sample,name,group,truth,answer,probability,p bad,p good');
  expect(await textOf('answers.csv')).toHaveLength(46);
  expect((await textOf('confusion.csv'))[0]).toBe('true class,bad,good');
  expect(await textOf('classes.csv')).toHaveLength(3);
  const report = await exportReport(source).content.text();
  expect(report).toContain('Rows are true classes, columns are answers.');
  expect(report).toContain('Says the label of a sample from its text.');
});

test('what cannot be learned is refused in one sentence that names the field', () => {
  const refusal = (table: typeof TABLE, changes: object = {}) => {
    try {
      prepareTask(parseExperiment({ ...CONFIGURATION, ...changes }), {
        kind: 'samples',
        name: 'x',
        samples: table,
      });
      return null;
    } catch (cause) {
      return cause as { message: string; details: { field: string } };
    }
  };
  const alike = tableOf(
    TABLE.names,
    TABLE.names.map(() => 'same'),
  );
  expect(refusal(alike)?.message).toContain('only the label "same": there is nothing to tell apart');
  expect(refusal(TABLE, { split: { kind: 'samples', by: 'group' } })?.details.field).toBe('split.by');
  expect(refusal(TABLE, { split: { kind: 'fraction', train: 0.7, validation: 0.1 } })?.details.field).toBe(
    'split.kind',
  );
  expect(refusal(TABLE, { task: { ...CONFIGURATION.task, readout: 'flatten' } })?.details.field).toBe(
    'task.readout',
  );
  expect(refusal(TABLE, { task: { ...CONFIGURATION.task, metrics: ['mae'] } })?.details.field).toBe(
    'task.metrics',
  );
  expect(refusal(TABLE, { task: { ...CONFIGURATION.task, label: 'text' } })?.details.field).toBe(
    'task.label',
  );
});

test('a class that the training part lacks is left out and said; weights and smoothing train too', async () => {
  const table = madeSamples(120, 5);
  const column = table.columns[1] as Extract<(typeof table.columns)[1], { kind: 'category' }>;
  const codes = column.codes.slice();
  codes[7] = 2;
  const rare = {
    ...table,
    columns: [table.columns[0]!, { ...column, codes, categories: [...column.categories, 'odd'] }],
  };
  const parts = table.names.map((_, row) => (row < 20 ? 'test' : row < 40 ? 'validation' : 'train'));
  const configuration = {
    ...CONFIGURATION,
    split: { kind: 'samples', by: 'given' },
    task: { ...CONFIGURATION.task, classWeights: 'balanced', labelSmoothing: 0.1, readout: 'mean' },
    training: { ...CONFIGURATION.training, epochs: 4 },
  };
  const found = await trainOn({ ...rare, parts } as typeof table, configuration);
  expect(preparedOf(found).parts[2]).toMatchObject({
    rows: 20,
    windows: 19,
    leftOut: [{ reason: 'of the class "odd", which the training part lacks', windows: 1 }],
  });
  expect(preparedOf(found).notes).toContain(
    'The training part lacks "odd": 1 sample of it is neither learned nor scored.',
  );
  expect(endOf(found).state).toBe('completed');
});

test('the result has a confusion matrix whose cells open their samples, and intervals around the scores', async () => {
  const experiment = parseExperiment(CONFIGURATION);
  const model = { fitted: preparedOf(messages).fitted, weights: ended.best!.weights };
  const job = {
    workspacePath: '',
    datasetVersionId: 1,
    experiment,
    model,
    threads: 1,
    part: 'test' as const,
  };
  const environment = { openSource: async () => sourceOf(TABLE)('', 1), progress: () => {} };
  const ask = (cell?: { truth: number; said: number }) =>
    // Of the environment only the source is asked.
    classifyResultJob.run({ ...job, cell, most: 100, key: 'x', verdict: 'V' }, environment as never);
  const result = await ask();
  expect(result).toMatchObject({ verdict: 'V', part: 'test', classes: ['bad', 'good'], count: 45 });
  expect(result.confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(45);
  expect(result.scores[0]).toMatchObject({ metric: 'accuracy', value: scoreOf('model', 'accuracy').value });
  const inCell = await ask({ truth: 1, said: 1 });
  expect(inCell.samples).toHaveLength(result.confusion[1]![1]!);
  expect(inCell.samples.every(({ truth, said, text }) => truth === 1 && said === 1 && text !== '')).toBe(
    true,
  );
  const answer = await classifyAnswerJob.run(
    { ...job, asked: { kind: 'texts', texts: ['a lovely superb day'] } },
    environment as never,
  );
  expect(answer.probabilities[0]![1]).toBeGreaterThan(0.9);
});

test('a task may decide by the threshold that validation chooses: in scores, answers and exports alike', async () => {
  const table = rareSamples();
  const task = { ...CONFIGURATION.task, decision: 'threshold', bestBy: 'macro-f1' };
  const configuration = { ...CONFIGURATION, task, training: { ...CONFIGURATION.training, epochs: 3 } };
  const all = await trainOn(table, configuration);
  const { scores, best } = endOf(all);
  const experiment = parseExperiment(configuration);
  const model = { fitted: preparedOf(all).fitted, weights: best!.weights };
  const job = { workspacePath: '', datasetVersionId: 1, experiment, model, threads: 1 };
  const frame = ClassifyFrame.decode(await predictPart({ ...job, part: 'test' }, sourceOf(table)));
  const { decision } = frame.header;
  expect(decision).toMatchObject({ class: 1, threshold: expect.any(Number) });
  const question = { ...job, part: 'test', most: 3, verdict: '', key: 'threshold' } as const;
  const tools = { openSource: sourceOf(table) } as Parameters<typeof classifyResultJob.run>[1];
  const asked = (threshold?: number) => classifyResultJob.run({ ...question, threshold }, tools);
  const result = await asked();
  expect(result.decision).toEqual({ ...decision, onValidation: decision!.threshold });
  const ofModel = (metric: string) =>
    scores.find((score) => score.part === 'test' && score.subject === 'model' && score.metric === metric)
      ?.value;
  expect(result.scores.find(({ metric }) => metric === 'macro-f1')?.value).toBe(ofModel('macro-f1'));
  // Moved to its end, every sample is taken for the class, and the ranking stays.
  const moved = await asked(0);
  expect(moved.confusion.map(([other]) => other)).toEqual([0, 0]);
  expect(moved.scores.find(({ metric }) => metric === 'roc-auc')).toEqual(
    result.scores.find(({ metric }) => metric === 'roc-auc'),
  );
  const samples = tableOf(['a great day', 'an awful day'], ['?', '?']);
  const answer = ClassifyFrame.decode(await predict({ ...job, part: 'future', samples }, sourceOf(table)));
  expect(answer.header.decision).toEqual(decision);
});

/** One in six is good, and a word of its own does not always say so. */
function rareSamples() {
  const texts = Array.from(
    { length: 240 },
    (_, row) => `day ${row % 7} was ${row % 6 && row % 5 ? 'awful' : 'great'}`,
  );
  return tableOf(
    texts.map((text, row) => `${text} ${row}`),
    texts.map((_, row) => (row % 6 ? 'bad' : 'good')),
  );
}

test('the best weights go by the metric that the task names, and the run says so', async () => {
  const of = async (bestBy: string) => {
    const training = { ...CONFIGURATION.training, epochs: 12, earlyStopping: { patience: 2 } };
    return trainOn(TABLE, { ...CONFIGURATION, task: { ...CONFIGURATION.task, bestBy }, training });
  };
  const all = await of('accuracy');
  const epochs = all.filter((message) => message.type === 'epoch');
  const names = preparedOf(all).epochMetrics;
  const at = names.indexOf('validationAccuracy');
  let highest = -1;
  for (const { values, best } of epochs) {
    expect(best).toBe(values[at]! > highest);
    highest = Math.max(highest, values[at]!);
  }
  expect(endOf(all).reason).toContain('Accuracy on validation did not improve for 2 epochs');
});
