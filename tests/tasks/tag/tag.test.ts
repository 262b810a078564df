// A model that gives samples labels is trained by the loop, beats chance only where there is something to learn, answers new samples, and is
// exported with what it answers.
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { AnswersFrame } from '../../../engine/contract/tasks/answers-frame.ts';
import { createNumbers } from '../../../engine/data/generated/random.ts';
import type { SampleTable } from '../../../engine/data/samples/sample-table.ts';
import { classifyAnswerJob } from '../../../engine/hosts/trainer/jobs/classify-views.ts';
import { estimateResultJob } from '../../../engine/hosts/trainer/jobs/estimate-views.ts';
import { tagResultJob } from '../../../engine/hosts/trainer/jobs/tag-views.ts';
import { predict, predictPart } from '../../../engine/hosts/trainer/predict.ts';
import { parseExperiment } from '../../../engine/services/runs/start.ts';
import { contentOf } from '../../../engine/tasks/content.ts';
import { prepareTask } from '../../../engine/tasks/task-of.ts';
import { sourceOf, trainOn } from '../classify/made-samples.ts';

const WORDS: Readonly<Record<string, readonly string[]>> = {
  food: ['soup', 'bread'],
  money: ['bank', 'loan'],
  sport: ['goal', 'match'],
};
const LABELS = Object.keys(WORDS);
const FILLER = 'the a of and we went there today with all them'.split(' ');

/** Each label by a word of its own; the value is a number that the labels decide. */
function madeTable(rows: number, seed: number, isShuffled = false): SampleTable {
  const { integer } = createNumbers(seed);
  const sets = Array.from({ length: rows }, () =>
    LABELS.map((_, code) => code).filter(() => integer(3) === 0),
  );
  const texts = sets.map((set) => {
    const words = Array.from({ length: 3 }, () => FILLER[integer(FILLER.length)]!);
    for (const code of set) words.splice(integer(words.length), 0, WORDS[LABELS[code]!]![integer(2)]!);
    return words.join(' ');
  });
  const said = isShuffled ? sets.map((_, row) => sets[(7 * row + 3) % rows]!) : sets;
  return {
    rows,
    names: texts.map((_, row) => `line ${row + 1}`),
    groups: texts.map(() => ''),
    parts: texts.map(() => ''),
    hashes: texts.map((text, row) => createHash('sha256').update(`${row} ${text}`).digest('hex')),
    columns: [
      { name: 'text', kind: 'text', texts },
      { name: 'topics', kind: 'labels', sets: said, labels: LABELS },
      { name: 'price', kind: 'numeric', values: Float64Array.from(said, (set) => 100 + 20 * set.length) },
    ],
  };
}

const COMMON = {
  dataset: { name: 'reviews' },
  model: { kind: 'gru', units: 12, bidirectional: false },
  training: { epochs: 12, batchSize: 16, optimizer: { kind: 'adam', learningRate: 0.02 } },
};
const TAG = {
  ...COMMON,
  name: 'topics',
  task: { kind: 'tag', input: 'text', labels: 'topics', embedding: 8 },
};
const ESTIMATE = {
  ...COMMON,
  name: 'prices',
  task: { kind: 'estimate', input: 'text', value: 'price', embedding: 8 },
};

const TABLE = madeTable(300, 5);
type Messages = Awaited<ReturnType<typeof trainOn>>;
const endOf = (all: Messages) => all.find((message) => message.type === 'ended') ?? expect.unreachable();
const fittedOf = (all: Messages) =>
  (all.find((message) => message.type === 'prepared') ?? expect.unreachable()).fitted;
const scoreOf = (all: Messages, subject: string, metric: string) =>
  endOf(all).scores.find((one) => one.part === 'test' && one.subject === subject && one.metric === metric)!
    .value;

const tagged = await trainOn(TABLE, TAG);
const estimated = await trainOn(TABLE, ESTIMATE);

function jobOf(all: Messages, configuration: object) {
  return {
    workspacePath: '',
    datasetVersionId: 1,
    experiment: parseExperiment(configuration),
    model: { fitted: fittedOf(all), weights: endOf(all).best!.weights },
    threads: 1,
  };
}

test('labels are learned, and baselines of each label stand beside them', () => {
  expect(scoreOf(tagged, 'model', 'micro-f1')).toBeGreaterThan(0.85);
  expect(scoreOf(tagged, 'bag-of-words', 'micro-f1')).toBeGreaterThan(0.85);
  expect(scoreOf(tagged, 'majority', 'auc-of-labels')).toBe(0.5);
  expect(new Set(endOf(tagged).scores.map(({ subject }) => subject))).toContain('naive-bayes');
});

test('shuffled labels are learned by chance alone', async () => {
  const found = await trainOn(madeTable(300, 9, true), TAG);
  // Of an AUC with 15 samples of a label among 45, and the mean of three labels.
  const error = Math.sqrt((15 + 30 + 1) / (12 * 15 * 30)) / Math.sqrt(3);
  expect(Math.abs(scoreOf(found, 'model', 'auc-of-labels') - 0.5)).toBeLessThan(3 * error);
});

test('other labels in the test part change nothing that was fitted', () => {
  const parts = TABLE.hashes.map((_, row) => (['test', 'validation', 'train'] as const)[row % 3]!);
  const [text, topics] = TABLE.columns as [(typeof TABLE.columns)[0], { sets: readonly number[][] }];
  const sets = topics.sets.map((set, row) => (parts[row] === 'test' ? [3] : set));
  const other = { name: 'topics', kind: 'labels', sets, labels: [...LABELS, 'unheard'] } as const;
  const configuration = parseExperiment({ ...TAG, split: { kind: 'samples', by: 'given' } });
  const [a, b] = [TABLE, { ...TABLE, columns: [text, other] }].map((table) =>
    prepareTask(configuration, { kind: 'samples', name: 'x', samples: { ...table, parts } }),
  );
  expect(b!.fitted).toEqual(a!.fitted);
  expect(b!.fingerprint).not.toBe(a!.fingerprint);
  expect(b!.notes.join(' ')).toContain('The training part lacks "unheard"');
});

test('the result has figures of each label, samples of a choice, tables and a report', async () => {
  const job = jobOf(tagged, TAG);
  const environment = { openSource: sourceOf(TABLE) } as Parameters<typeof tagResultJob.run>[1];
  const asked = { ...job, part: 'test', most: 500, key: 'tag', verdict: '' } as const;
  const result = await tagResultJob.run(asked, environment);
  expect(result.labels).toEqual(LABELS);
  expect(result.scores[0]!.value).toBe(scoreOf(tagged, 'model', 'micro-f1'));
  const [food] = result.figures;
  const chosen = await tagResultJob.run({ ...asked, choice: { label: 0, of: 'hits' } }, environment);
  expect(chosen.samples).toHaveLength(food!.hits);
  expect(chosen.samples.every(({ truth, said }) => truth.includes(0) && said.includes(0))).toBe(true);
  const frame = await predictPart({ ...job, part: 'test' }, sourceOf(TABLE));
  const content = contentOf(job.experiment, frame);
  const { 'answers.csv': answers, 'labels.csv': labels } = content.tables();
  expect(answers).toHaveLength(1 + result.count);
  expect(answers![0]).toBe('sample,name,group,truth,answer,p food,p money,p sport');
  expect(labels![1]).toMatch(/^food,\d+,0\.\d+,/);
  expect(content.section().html).toContain('<th scope="row">food</th>');
});

test('new samples are answered with and without their truth', async () => {
  const job = jobOf(tagged, TAG);
  const { columns: _, ...rest } = madeTable(2, 1);
  const texts = ['the goal of the match and the bank loan', 'we went there today'];
  const samples: SampleTable = { ...rest, columns: [{ name: 'text', kind: 'text', texts }] };
  const frame = AnswersFrame.decode(await predict({ ...job, part: 'future', samples }, sourceOf(TABLE)));
  expect(Array.from(frame.columns.truth[0]!)).toEqual([Number.NaN, Number.NaN]);
  const said = (row: number) =>
    LABELS.filter((_label, code) => frame.columns.answer[code]![row]! >= frame.header.thresholds![code]!);
  expect(said(0)).toEqual(['money', 'sport']);
  expect(said(1)).toEqual([]);
  const typed = await classifyAnswerJob.run({ ...job, asked: { kind: 'texts', texts } }, {
    openSource: sourceOf(TABLE),
  } as Parameters<typeof classifyAnswerJob.run>[1]);
  expect(typed).toMatchObject({ classes: LABELS, thresholds: [...frame.header.thresholds!] });
  expect(typed.probabilities[0]![1]).toBe(frame.columns.answer[1]![0]);
});

test.each([
  ['tag', TAG, 'labels'],
  ['estimate', ESTIMATE, 'values'],
] as const)('stock TensorFlow.js answers as the run does: %s', async (_name, configuration, kind) => {
  const all = kind === 'labels' ? tagged : estimated;
  const { experiment, model } = jobOf(all, configuration);
  const machine = await prepareTask(experiment, { kind: 'samples', name: 'x', samples: TABLE }).open();
  const about = {} as Parameters<NonNullable<typeof machine.exportModel>>[0]['about'];
  const files = await machine.exportModel!({ trained: model, about, threads: 1 });
  const card = JSON.parse(new TextDecoder().decode(files.at(-1)!.data));
  expect(card.output).toMatchObject({ kind, classes: kind === 'labels' ? LABELS : ['price'] });
  expect(card.verified.largestDifference).toBeLessThan(1e-5);
  expect(card.verified.samples).toBeGreaterThan(30);
});

test('a number is estimated, in its own unit, beside mean, median and linear regression', async () => {
  const all = estimated;
  expect(scoreOf(all, 'model', 'mae')).toBeLessThan(6);
  expect(scoreOf(all, 'mean-value', 'mae')).toBeGreaterThan(8);
  expect(scoreOf(all, 'ridge-of-words', 'r2')).toBeGreaterThan(0.5);
  const job = jobOf(all, ESTIMATE);
  const environment = { openSource: sourceOf(TABLE) } as Parameters<typeof estimateResultJob.run>[1];
  const result = await estimateResultJob.run(
    { ...job, part: 'test', most: 5, key: 'estimate', verdict: '' },
    environment,
  );
  expect(result.scores[0]!.value).toBe(scoreOf(all, 'model', 'mae'));
  const [first, second] = result.samples.map(({ truth, said }) => Math.abs(truth - said));
  expect(first).toBeGreaterThanOrEqual(second!);
  expect(result.points).toHaveLength(result.count);
});

test('wrong columns, metrics and splits are refused with their field', () => {
  const refused = (configuration: object) =>
    expect(() => prepareTask(parseExperiment(configuration), { kind: 'samples', name: 'x', samples: TABLE }));
  const task = (change: object) => ({ ...TAG, task: { ...TAG.task, ...change } });
  refused(task({ labels: 'text' })).toThrow('choose a column of labels');
  refused(task({ metrics: ['accuracy'] })).toThrow('no metric "accuracy" of labels');
  refused(task({ input: 'topics' })).toThrow(
    'choose a column of texts, tokens, sequences, events, recordings, images or videos',
  );
  refused({ ...TAG, split: { kind: 'fraction', train: 0.7, validation: 0.15 } }).toThrow('take "samples"');
  refused({ ...ESTIMATE, task: { ...ESTIMATE.task, value: 'text' } }).toThrow('choose a column of numbers');
});

test('labels that every sample has, and a number that is the same for all, are nothing to learn', () => {
  const [text, , price] = TABLE.columns;
  const sets = TABLE.names.map(() => [1]);
  const refused = (configuration: object, column: SampleTable['columns'][number]) =>
    expect(() =>
      prepareTask(parseExperiment(configuration), {
        kind: 'samples',
        name: 'x',
        samples: { ...TABLE, columns: [text!, column] },
      }),
    );
  refused(TAG, { name: 'topics', kind: 'labels', sets, labels: LABELS }).toThrow('nothing to tell');
  const none = TABLE.names.map(() => []);
  refused(TAG, { name: 'topics', kind: 'labels', sets: none, labels: LABELS }).toThrow(
    'has a label in topics',
  );
  const values = new Float64Array(TABLE.rows).fill(5);
  refused(ESTIMATE, { ...price!, kind: 'numeric', name: 'price', values }).toThrow('nothing to learn');
});
