// A language model is trained by the loop with the state that it carries, resumes bit for bit, writes the same text for the same seed, and is
// scored beside n-grams.
import { expect, test } from 'vitest';
import { selectBackend } from '../../../engine/backends/select.ts';
import { requireWritable, WritingOptionsSchema } from '../../../engine/contract/results/generation.ts';
import type { GenerateExperiment } from '../../../engine/contract/tasks/generate-experiment.ts';
import { GenerateFrame } from '../../../engine/contract/tasks/generate-frame.ts';
import { predictPart } from '../../../engine/hosts/trainer/predict.ts';
import { parseExperiment } from '../../../engine/services/runs/start.ts';
import { contentOf } from '../../../engine/tasks/content.ts';
import { openText } from '../../../engine/tasks/generate/write-text.ts';
import { prepareTask } from '../../../engine/tasks/task-of.ts';
import { sourceOf, trainOn } from '../classify/made-samples.ts';
import { LONG, madeText, textTable } from './made-texts.ts';

const TABLE = textTable([madeText(1_500)]);
const messages = await trainOn(TABLE, LONG);
const endOf = (all: typeof messages) =>
  all.find((message) => message.type === 'ended') ?? expect.unreachable();
const ended = endOf(messages);
const prepared = messages.find((message) => message.type === 'prepared') ?? expect.unreachable();
const epochs = messages.filter((message) => message.type === 'epoch');
const scoreOf = (subject: string, metric = 'bits-per-character') =>
  ended.scores.find((score) => score.subject === subject && score.metric === metric && score.part === 'test')!
    .value;

test('it learns which letters follow, beside n-grams, uniform and brotli', () => {
  const subjects = [...new Set(ended.scores.map(({ subject }) => subject))];
  const grams = [1, 2, 3, 4, 5, 6, 7].map((order) => `${order}-gram`);
  expect(subjects).toEqual(['model', 'uniform', ...grams, 'brotli']);
  expect(scoreOf('model')).toBeLessThan(scoreOf('2-gram'));
  expect(scoreOf('4-gram')).toBeLessThan(scoreOf('1-gram'));
  // Fifteen letters and the space, the unknown token and the end sign.
  expect(scoreOf('uniform', 'perplexity')).toBeCloseTo(prepared.fitted ? sizeOf(prepared.fitted) : 0, 9);
  expect(scoreOf('uniform')).toBeCloseTo(Math.log2(sizeOf(prepared.fitted)), 9);
  // The loss of validation is that of its own tokens.
  const last = epochs.at(-1)!.values;
  expect(2 ** last[2]!).toBeCloseTo(last[3]!, 6);
  expect(Math.exp(last[1]!)).toBeCloseTo(last[3]!, 6);
});

const sizeOf = (fitted: unknown): number =>
  (fitted as { tokens: { tokens: readonly string[] } }).tokens.tokens.length + 2;

test('a run that was stopped in the middle of an epoch and resumed ends with the same weights', async () => {
  const stopped = await trainOn(TABLE, LONG, { stopAfter: 75 });
  const checkpoint = stopped.findLast((message) => message.type === 'checkpoint') ?? expect.unreachable();
  expect(endOf(stopped).state).toBe('stopped');
  expect(checkpoint.step % prepared.stepsPerEpoch).not.toBe(0);
  const resumed = await trainOn(TABLE, LONG, { checkpoint: checkpoint.data });
  expect(endOf(resumed).weightsHash).toBe(ended.weightsHash);
  expect(resumed.filter((message) => message.type === 'epoch').at(-1)!.texts).toEqual(epochs.at(-1)!.texts);
});

test('three prompts are continued after every validation, better and better', () => {
  const firsts = epochs.map(({ texts }) => texts!.map(({ prompt }) => prompt));
  expect(firsts[0]).toHaveLength(3);
  expect(new Set(firsts.map((prompts) => prompts.join('|'))).size).toBe(1);
  const known = new Set(madeText(1_500).split(' '));
  const share = (text: string) => {
    const words = text.trim().split(/\s+/).slice(1, -1);
    return words.filter((word) => known.has(word)).length / Math.max(1, words.length);
  };
  const mean = (epoch: (typeof epochs)[number]) =>
    epoch.texts!.reduce((sum, { text }) => sum + share(text), 0) / epoch.texts!.length;
  expect(mean(epochs.at(-1)!)).toBeGreaterThan(mean(epochs[0]!));
});

const EXPERIMENT = parseExperiment(LONG) as GenerateExperiment;
const MODEL = { fitted: prepared.fitted, weights: ended.best!.weights };
const OPTIONS = WritingOptionsSchema.parse({});

test('the same seed gives the same text, in pieces or at once; state is kept between tokens', async () => {
  await selectBackend('simd', { allowFallback: false, threads: 1 });
  const write = (counts: readonly number[], options: object = {}) => {
    const text = openText(EXPERIMENT, MODEL, { ...OPTIONS, ...options });
    const found = counts.flatMap((count) => text.write(count).tokens).join('');
    text.dispose();
    return found;
  };
  const whole = write([60]);
  expect(write([1, 20, 39])).toBe(whole);
  expect(write([60], { seed: 2 })).not.toBe(whole);
  // What was written and is read again as a prompt continues in the same way.
  const greedy = write([40], { temperature: 0, prompt: 'the ' });
  const again = write([20], { temperature: 0, prompt: `the ${greedy.slice(0, 20)}` });
  expect(again).toBe(greedy.slice(20));
});

test('what cannot be written is refused in one sentence', async () => {
  await selectBackend('simd', { allowFallback: false, threads: 1 });
  const open = (prompt: string) => openText(EXPERIMENT, MODEL, { ...OPTIONS, prompt });
  expect(() => open('the Kraken')).toThrow(
    'The training texts never have "K", "k", so the model cannot read this prompt; leave that out.',
  );
  const refused = (options: object) => () => requireWritable({ ...OPTIONS, ...options });
  expect(refused({ temperature: -1 })).toThrow(
    'The temperature is -1; choose 0 (always the most probable token) or above, up to 100.',
  );
  expect(refused({ temperature: Number.NaN })).toThrow('The temperature is NaN');
  expect(refused({ topK: 0 })).toThrow('Top-k is 0; choose a whole number from 1');
  expect(refused({ topP: 0 })).toThrow('Top-p is 0; choose a share above 0');
  expect(refused({ repetitionPenalty: 0.5 })).toThrow('The repetition penalty is 0.5');
  expect(refused({ seed: 1.5 })).toThrow('The seed is 1.5');
  expect(refused({ prompt: 'x'.repeat(10_001) })).toThrow('The prompt has 10,001 characters');
  expect(refused({})).not.toThrow();
});

test('tokens and texts are exported as tables, and the report shows what surprised the model', async () => {
  const job = { workspacePath: '', datasetVersionId: 1, experiment: EXPERIMENT, model: MODEL, threads: 1 };
  const bytes = await predictPart({ ...job, part: 'test' }, sourceOf(TABLE));
  const frame = GenerateFrame.decode(bytes);
  const bits = frame.columns.probability.reduce((sum, p) => sum - Math.log2(p), 0);
  // The end sign counts as a character.
  expect(bits / frame.columns.token.length).toBeCloseTo(scoreOf('model'), 6);
  const content = contentOf(EXPERIMENT, bytes);
  const tables = content.tables();
  expect([...tables['tokens.csv']!]).toHaveLength(frame.columns.token.length + 1);
  expect([...tables['texts.csv']!]).toHaveLength(2);
  expect(content.section().html).toContain('the less the model expected what came');
  expect(content.sentence).toBe('Says of text which of its characters comes next.');
});

test.each([
  ['gru', { kind: 'gru', units: 12, dropout: 0.1 }, {}],
  ['rnn of pieces', { kind: 'rnn', units: 12 }, { tokens: { by: 'pieces', most: 40 } }],
  ['tied lstm of words', { kind: 'lstm', units: 12, layers: 2 }, { tied: true, tokens: { by: 'words' } }],
  ['attention', { kind: 'attention', units: 16, heads: 2, layers: 1, causal: true }, {}],
])('%s reads names whole and learns where they end', async (_name, model, task) => {
  const names = Array.from({ length: 90 }, (_, index) => `${madeText(3 + (index % 3), index + 1)}`);
  const found = await trainOn(textTable(names), {
    ...LONG,
    task: { ...LONG.task, window: 32, ...task },
    model,
    split: { kind: 'samples', by: 'stratified', train: 0.7, validation: 0.15 },
    training: { ...LONG.training, epochs: 3, batchSize: 16 },
  });
  const end = endOf(found);
  expect(end.state).toBe('completed');
  const bitsOf = (subject: string) =>
    end.scores.find((score) => score.subject === subject && score.part === 'test')!.value;
  expect(bitsOf('model')).toBeLessThan(bitsOf('uniform'));
  // After the end of a text the next one begins as the first one did.
  const fitted = found.find((message) => message.type === 'prepared')!.fitted;
  const experiment = parseExperiment({ ...LONG, task: { ...LONG.task, window: 32, ...task }, model });
  const text = openText(
    experiment as GenerateExperiment,
    { fitted, weights: end.best!.weights },
    { ...OPTIONS, temperature: 0 },
  );
  const { tokens } = text.write(300);
  text.dispose();
  const first = tokens.indexOf('\n') + 1;
  if (first > 0) expect(tokens.slice(first, 2 * first)).toEqual(tokens.slice(0, first));
});

test('a step of attention sees no later one, and padding changes no cost', async () => {
  const names = ['the sea', 'the sea rises and the whale sings in the'];
  const config = (batch: readonly string[]) => ({
    ...LONG,
    task: { ...LONG.task, window: 64, sampleTokens: 1 },
    model: { kind: 'attention', units: 16, heads: 2, layers: 1, causal: true },
    split: { kind: 'samples', by: 'given' },
    training: { ...LONG.training, epochs: 1, batchSize: batch.length },
  });
  const costsOf = async (scored: readonly string[]) => {
    const texts = ['the whale swims and the sea falls', 'the sea rises', ...scored];
    const table = { ...textTable(texts), parts: ['train', 'validation', ...scored.map(() => 'test')] };
    const found = await trainOn(table as typeof TABLE, config(['a']));
    const end = endOf(found);
    const fitted = found.find((message) => message.type === 'prepared')!.fitted;
    const job = {
      workspacePath: '',
      datasetVersionId: 1,
      experiment: parseExperiment(config(['a'])),
      model: { fitted, weights: end.best!.weights },
      threads: 1,
      part: 'test' as const,
    };
    return [
      ...GenerateFrame.decode(await predictPart(job, sourceOf(table as typeof TABLE))).columns.probability,
    ];
  };
  const [alone, both] = [await costsOf(names.slice(0, 1)), await costsOf(names)];
  for (const [at, p] of alone.entries()) expect(Math.abs(p - both[at]!)).toBeLessThan(1e-6);
  // The same letters, whatever comes later.
  const long = both.slice(alone.length);
  for (let at = 0; at < alone.length - 1; at++) expect(Math.abs(alone[at]! - long[at]!)).toBeLessThan(1e-6);
});

test('what cannot be learned is refused in one sentence that names the field', () => {
  const refusal = async (changes: object, texts: readonly string[] = [madeText(300)]) => {
    try {
      await prepareTask(parseExperiment({ ...LONG, ...changes }), {
        kind: 'samples',
        name: 'sea',
        samples: textTable(texts),
      }).open();
      return null;
    } catch (cause) {
      return (cause as { details: { field: string } }).details.field;
    }
  };
  return expect(
    Promise.all([
      refusal({ model: { kind: 'lstm', units: 8, bidirectional: true } }),
      refusal({ model: { kind: 'attention', units: 8, heads: 2, causal: false } }),
      refusal({ model: { kind: 'linear' } }),
      refusal({ model: { kind: 'gru', units: 8, truncateSteps: 4 } }),
      refusal({ task: { ...LONG.task, metrics: ['mae'] } }),
      refusal({ split: { kind: 'date', validationFrom: '2020-01-01', testFrom: '2021-01-01' } }),
      refusal({ split: { kind: 'samples', by: 'stratified', train: 0.7, validation: 0.15 } }),
      refusal({ pipeline: [{ step: 'log' }] }),
      refusal({}, ['', ' ']),
    ]),
  ).resolves.toEqual([
    'model.bidirectional',
    'model.causal',
    'model.kind',
    'model.truncateSteps',
    'task.metrics',
    'split.kind',
    'split',
    'pipeline',
    'task.input',
  ]);
});

test('a part without text says what helps: where texts are cut it is not to cut them', async () => {
  const opened = async (texts: readonly string[], changes: object = {}) =>
    prepareTask(parseExperiment({ ...LONG, ...changes }), {
      kind: 'samples',
      name: 'sea',
      samples: textTable(texts),
    }).open();
  await expect(opened(['abcdef'])).rejects.toThrow(
    'too short to be cut into three parts; import longer ones',
  );
  const whole = { split: { kind: 'samples', by: 'stratified', train: 0.7, validation: 0.15 } };
  await expect(opened(['ab', 'ab'], whole)).rejects.toThrow(
    'import more different texts, or set split to {"kind": "fraction", "train": 0.8, "validation": 0.1}',
  );
});
