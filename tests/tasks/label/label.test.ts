// A labeller learns a label for each word that its neighbours decide, resumes bit for bit, is scored beside tables, and labels new texts.
import { expect, test } from 'vitest';
import { selectBackend } from '../../../engine/backends/select.ts';
import type { LabelExperiment } from '../../../engine/contract/tasks/label-experiment.ts';
import { LabelFrame } from '../../../engine/contract/tasks/label-frame.ts';
import { generatedPairs } from '../../../engine/data/generated/pairs.ts';
import { contextTable } from '../../../engine/evaluation/steps/context-table.ts';
import { rowRegression } from '../../../engine/evaluation/steps/row-regression.ts';
import { tokenTable } from '../../../engine/evaluation/steps/token-table.ts';
import { labelResultJob } from '../../../engine/hosts/trainer/jobs/label-views.ts';
import { predictPart } from '../../../engine/hosts/trainer/predict.ts';
import { parseExperiment } from '../../../engine/services/runs/start.ts';
import { contentOf } from '../../../engine/tasks/content.ts';
import { labelTexts } from '../../../engine/tasks/label/label-texts.ts';
import { labelsHtml } from '../../../engine/tasks/label/report-section.ts';
import { matrixOf, textsIn } from '../../../engine/tasks/label/result.ts';
import { prepareTask } from '../../../engine/tasks/task-of.ts';
import { ABOUT } from '../../export/exported-program.ts';
import { pairTable, sourceOf, trainOn } from '../classify/made-samples.ts';
import { withLabeller } from './exported-labeller.ts';

const SPEECH = [...generatedPairs('parts-of-speech-240.tsv')!]
  .slice(1)
  .map((line) => line.trim().split('\t') as [string, string]);

const CONFIGURATION = {
  name: 'speech',
  dataset: { name: 'speech' },
  task: { kind: 'label', input: 'source', target: 'target', embedding: 12, mostSteps: 20 },
  model: { kind: 'gru', units: 12, bidirectional: true },
  split: { kind: 'samples', by: 'stratified', train: 0.6, validation: 0.2 },
  pipeline: [],
  training: {
    epochs: 8,
    batchSize: 16,
    optimizer: { kind: 'adam', learningRate: 0.02 },
    probe: false,
    earlyStopping: null,
  },
};

const TABLE = pairTable(SPEECH);
const messages = await trainOn(TABLE, CONFIGURATION);
const endOf = (all: typeof messages) =>
  all.find((message) => message.type === 'ended') ?? expect.unreachable();
const ended = endOf(messages);
const prepared = messages.find((message) => message.type === 'prepared') ?? expect.unreachable();
const scoreOf = (subject: string, metric = 'accuracy', all = ended) =>
  all.scores.find((score) => score.subject === subject && score.metric === metric && score.part === 'test')!
    .value;

test('words of several parts of speech are told by their neighbours, which a table of words cannot', () => {
  expect([...new Set(ended.scores.map(({ subject }) => subject))]).toEqual([
    'model',
    'most-frequent-label',
    'token-table',
    'context-table',
  ]);
  expect(scoreOf('model')).toBeGreaterThan(0.97);
  expect(scoreOf('token-table')).toBeLessThan(0.95);
  expect(scoreOf('most-frequent-label')).toBeLessThan(scoreOf('token-table'));
});

test('a run that was stopped in the middle of an epoch and resumed ends with the same weights', async () => {
  const stopped = await trainOn(TABLE, CONFIGURATION, { stopAfter: 25 });
  const checkpoint = stopped.findLast((message) => message.type === 'checkpoint') ?? expect.unreachable();
  expect(endOf(stopped).state).toBe('stopped');
  const resumed = await trainOn(TABLE, CONFIGURATION, { checkpoint: checkpoint.data });
  expect(endOf(resumed).weightsHash).toBe(ended.weightsHash);
});

const EXPERIMENT = parseExperiment(CONFIGURATION) as LabelExperiment;
const MODEL = { fitted: prepared.fitted, weights: ended.best!.weights };

test('new texts get a label for each word, alone as among longer ones; what cannot be read is refused', async () => {
  await selectBackend('simd', { allowFallback: false, threads: 1 });
  const long = 'they watch the old watch near a house today';
  const { classes, texts } = labelTexts(EXPERIMENT, MODEL, ['we walk the dog', long]);
  const labels = (index: number) => texts[index]!.tokens.map(({ said }) => classes[said]);
  expect(labels(0)).toEqual(['PRON', 'VERB', 'DET', 'NOUN']);
  expect(labels(1)).toEqual(['PRON', 'VERB', 'DET', 'ADJ', 'NOUN', 'ADP', 'DET', 'NOUN', 'ADV']);
  const { unknown } = labelTexts(EXPERIMENT, MODEL, ['we zzyzx the dog', 'the zzyzx barks']);
  expect(unknown).toEqual(['zzyzx', 'barks']);
  const [alone] = labelTexts(EXPERIMENT, MODEL, ['we walk the dog']).texts;
  for (const [at, { probability }] of alone!.tokens.entries())
    expect(probability).toBeCloseTo(texts[0]!.tokens[at]!.probability, 5);
  expect(() => labelTexts(EXPERIMENT, MODEL, [' '])).toThrow(
    'The text is empty; write what is to be labelled.',
  );
  expect(() => labelTexts(EXPERIMENT, MODEL, ['a '.repeat(21)])).toThrow(
    /^The text ".{40}\.\.\." has 21 words, and this run reads at most 20/,
  );
});

test('tokens, matrix and texts are exported and shown', async () => {
  const job = { workspacePath: '', datasetVersionId: 1, experiment: EXPERIMENT, model: MODEL, threads: 1 };
  const bytes = await predictPart({ ...job, part: 'test' }, sourceOf(TABLE));
  const frame = LabelFrame.decode(bytes);
  const { count, confusion } = matrixOf(frame);
  expect(count).toBe(frame.columns.truth.length);
  const right = confusion.reduce((sum, row, index) => sum + row[index]!, 0);
  expect(right / count).toBeCloseTo(scoreOf('model'), 9);
  const tables = contentOf(EXPERIMENT, bytes).tables();
  expect(tables['labels.csv']).toHaveLength(count + 1);
  expect(labelsHtml(frame)).toContain('No label is wrong.');
  expect(textsIn(frame, undefined, 5)).toEqual([]);
  // For comparisons: the same texts of every run, right or wrong.
  const asked = { ...job, part: 'test' as const, key: 'test', most: 500, verdict: '' };
  const environment = { openSource: sourceOf(TABLE) } as Parameters<typeof labelResultJob.run>[1];
  const even = await labelResultJob.run({ ...asked, pick: 'evenly' }, environment);
  expect(even.areRows).toBe(false);
  expect(even.texts.map(({ name }) => name)).toEqual(frame.header.names);
  expect(even.texts.flatMap(({ tokens }) => tokens)).toHaveLength(frame.columns.text.length);
  const { text, truth } = frame.columns;
  const others = truth.map((label) => (label + 1) % frame.header.classes.length);
  // Of the second text one label is another one now, of the third two.
  const changed = [text.indexOf(1), text.indexOf(2), text.indexOf(2) + 1];
  const mixed = truth.map((label, row) => (changed.includes(row) ? others[row]! : label));
  const flawed = { ...frame, columns: { ...frame.columns, truth: mixed } };
  const wrong = ({ tokens }: ReturnType<typeof textsIn>[number]) =>
    tokens.filter((token) => token.said !== token.truth).length;
  expect(textsIn(flawed, undefined, 5).map(wrong)).toEqual([2, 1]);
  expect(labelsHtml(flawed)).toContain('Texts with most wrong labels');
  const noun = frame.header.classes.indexOf('NOUN');
  for (const { tokens } of textsIn(frame, { truth: noun, said: noun }, 5))
    expect(tokens.some(({ said, truth }) => said === noun && truth === noun)).toBe(true);
});

/** Letters, each a vowel or a consonant. */
function letterPairs() {
  return SPEECH.map(([source], index) => {
    const word =
      source
        .split(' ')
        .slice(0, 1 + (index % 3))
        .join('') + String.fromCharCode(97 + (index % 26), 97 + (index % 25));
    return [word, [...word].map((letter) => ('aeiou'.includes(letter) ? 'V' : 'C')).join('')] as const;
  });
}

test.each([
  ['attention', { kind: 'attention', units: 12, heads: 2, layers: 1 }, {}],
  ['dense, letter by letter', { kind: 'dense', units: 8 }, { tokens: { by: 'characters' } }],
  ['lstm, one direction', { kind: 'lstm', units: 8, dropout: 0.1 }, {}],
])('%s is trained and scored; padding changes nothing', async (_name, model, task) => {
  const letters = letterPairs();
  const isOfLetters = 'tokens' in task;
  const found = endOf(
    await trainOn(pairTable(isOfLetters ? letters : SPEECH), {
      ...CONFIGURATION,
      model,
      task: { ...CONFIGURATION.task, ...task },
      training: { ...CONFIGURATION.training, epochs: 3 },
    }),
  );
  expect(found.state).toBe('completed');
  expect(scoreOf('model', 'accuracy', found)).toBeGreaterThan(
    scoreOf('most-frequent-label', 'accuracy', found),
  );
});

test('tables say what they counted; neighbours decide where they were seen', () => {
  const train = [
    { tokens: ['the', 'watch'], labels: Int32Array.of(0, 1) },
    { tokens: ['the', 'watch'], labels: Int32Array.of(0, 1) },
    { tokens: ['they', 'watch'], labels: Int32Array.of(0, 2) },
  ];
  const best = (p: Float64Array, at: number) => {
    const shares = [...p.subarray(3 * at, 3 * at + 3)];
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    return shares.indexOf(Math.max(...shares));
  };
  expect(best(tokenTable.learn(train, 3)!(['they', 'watch']), 1)).toBe(1);
  expect(best(contextTable.learn(train, 3)!(['they', 'watch']), 1)).toBe(2);
  expect(best(contextTable.learn(train, 3)!(['we', 'watch']), 1)).toBe(1);
});

test('rows of numbers are told by themselves and the rows beside them; words are no such rows', () => {
  // Between two low rows is 0, between two high ones 1, whatever the row itself is.
  const tokens = ['0,5', '4,?', '0,5', '9,5', '4,5', '9,5'];
  const labels = Int32Array.of(0, 0, 0, 1, 1, 1);
  const answer = rowRegression.learn([{ tokens, labels }], 2)!;
  const p = answer(['1,5', '4,5', '1,5', '8,5', '4,5', '8,5']);
  expect([p[2]! > 0.5, p[8]! > 0.5]).toEqual([true, false]);
  expect(rowRegression.learn([{ tokens: ['they', 'watch'], labels: Int32Array.of(0, 1) }], 2)).toBeNull();
  expect(rowRegression.learn([{ tokens: ['1,2', '3'], labels: Int32Array.of(0, 1) }], 2)).toBeNull();
});

test('an exported labeller, loaded by stock TensorFlow.js, gives the same probabilities', async () => {
  const machine = await prepareTask(EXPERIMENT, { kind: 'samples', name: 'speech', samples: TABLE }).open();
  const files = await machine.exportModel!({ trained: MODEL, about: ABOUT, threads: 1 });
  const found = new Map(files.map(({ name, data }) => [name, new TextDecoder().decode(data)]));
  expect([...found.keys()]).toEqual([
    'model.json',
    'weights.bin',
    'vocabulary.json',
    'label.js',
    'about.json',
  ]);
  expect(JSON.parse(found.get('about.json')!).verified.largestDifference).toBeLessThan(1e-5);
  expect(JSON.parse(found.get('vocabulary.json')!).classes).toContain('NOUN');
});

test.each([
  ['words', {}, {}, SPEECH],
  ['letters in lower case', {}, { tokens: { by: 'characters', lowerCase: true } }, letterPairs()],
  ['attention', { model: { kind: 'attention', units: 12, heads: 2, layers: 1 } }, {}, SPEECH],
])('the program that goes along labels as the run does: %s', async (_name, changes, task, pairs) => {
  const configuration = {
    ...CONFIGURATION,
    ...changes,
    task: { ...CONFIGURATION.task, ...task },
    training: { ...CONFIGURATION.training, epochs: 2 },
  };
  const table = pairTable(pairs);
  const messages = await trainOn(table, configuration);
  const { fitted } = messages.find((message) => message.type === 'prepared')!;
  const experiment = parseExperiment(configuration) as LabelExperiment;
  const machine = await prepareTask(experiment, { kind: 'samples', name: 'pairs', samples: table }).open();
  const trained = { fitted, weights: endOf(messages).best!.weights };
  const files = await machine.exportModel!({ trained, about: ABOUT, threads: 1 });
  const texts = [...pairs.slice(0, 4).map(([source]) => source), `  ${pairs[5]![0]} zzz\u2603`];
  const theirs = await withLabeller(files, (label) => texts.map(label));
  const { texts: ours, classes } = labelTexts(experiment, trained, texts);
  for (const [index, { tokens }] of ours.entries()) {
    expect(theirs[index]!.map(({ step }) => step)).toEqual(tokens.map(({ text }) => text));
    expect(theirs[index]!.map(({ label }) => label)).toEqual(tokens.map(({ said }) => classes[said]));
  }
});

test.each([
  ['that sees both sides', {}],
  ['that sees what came before', { causal: true, normalization: 'post' }],
  ['with learned positions', { positions: 'learned' }],
  ['without positions', { positions: 'none', causal: true }],
])('an exported labeller of attention %s gives the same probabilities', async (_name, options) => {
  const configuration = {
    ...CONFIGURATION,
    model: { kind: 'attention', units: 12, heads: 2, layers: 2, ...options },
    training: { ...CONFIGURATION.training, epochs: 1 },
  };
  const messages = await trainOn(TABLE, configuration);
  const { fitted } = messages.find((message) => message.type === 'prepared')!;
  const experiment = parseExperiment(configuration);
  const machine = await prepareTask(experiment, { kind: 'samples', name: 'speech', samples: TABLE }).open();
  const trained = { fitted, weights: endOf(messages).best!.weights };
  const files = await machine.exportModel!({ trained, about: ABOUT, threads: 1 });
  const about = files.find(({ name }) => name === 'about.json')!;
  const { verified } = JSON.parse(new TextDecoder().decode(about.data));
  expect(verified.texts).toBeGreaterThan(5);
  expect(verified.largestDifference).toBeLessThan(1e-5);
});

test('what has no label is neither a class nor scored', async () => {
  const onlyWatch = SPEECH.map(
    ([source, target]) =>
      [
        source,
        target
          .split(' ')
          .map((tag) => (tag === 'NOUN' || tag === 'VERB' ? tag : '-'))
          .join(' '),
      ] as const,
  );
  const found = await trainOn(pairTable(onlyWatch), {
    ...CONFIGURATION,
    task: { ...CONFIGURATION.task, noLabel: '-' },
    training: { ...CONFIGURATION.training, epochs: 1 },
  });
  const { fitted } = found.find((message) => message.type === 'prepared')!;
  expect((fitted as { classes: string[] }).classes).toEqual(['NOUN', 'VERB']);
  const { count } = endOf(found).scores.find(({ subject, part }) => subject === 'model' && part === 'test')!;
  expect(count).toBeLessThan(ended.scores.find(({ part }) => part === 'test')!.count);
});

test('what cannot be learned is refused in one sentence that names the field', async () => {
  const refusal = async (
    changes: object,
    pairs: readonly (readonly [string, string])[] = SPEECH.slice(0, 40),
  ) => {
    try {
      await prepareTask(parseExperiment({ ...CONFIGURATION, ...changes }), {
        kind: 'samples',
        name: 'pairs',
        samples: pairTable(pairs),
      }).open();
      return null;
    } catch (cause) {
      return (cause as { details: { field?: string } }).details.field ?? null;
    }
  };
  expect(await refusal({ model: { kind: 'linear' } })).toBe('model.kind');
  expect(await refusal({ model: { kind: 'encoder-decoder', units: 8 } })).toBe('model.kind');
  expect(await refusal({ model: { kind: 'gru', units: 8, truncateSteps: 4 } })).toBe('model.truncateSteps');
  expect(await refusal({ task: { ...CONFIGURATION.task, metrics: ['mae'] } })).toBe('task.metrics');
  expect(await refusal({ split: { kind: 'fraction', train: 0.8, validation: 0.1 } })).toBe('split.kind');
  const short = SPEECH.slice(0, 40).map(([source]) => [source, 'X'] as const);
  expect(await refusal({}, short)).toBe('task.target');
  const same = SPEECH.slice(0, 40).map(([source]) => [source, source.replaceAll(/\S+/g, 'X')] as const);
  expect(await refusal({}, same)).toBe('task.target');
});
