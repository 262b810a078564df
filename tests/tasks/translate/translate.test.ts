// A translator is trained by the loop with and without attention, resumes bit for bit, writes with a beam, is scored beside its baselines, and
// translates new texts.
import { expect, test } from 'vitest';
import { selectBackend } from '../../../engine/backends/select.ts';
import { requireTranslatable } from '../../../engine/contract/results/translation.ts';
import type { TranslateExperiment } from '../../../engine/contract/tasks/translate-experiment.ts';
import { TranslateFrame } from '../../../engine/contract/tasks/translate-frame.ts';
import { generatedPairs } from '../../../engine/data/generated/pairs.ts';
import { predictPart } from '../../../engine/hosts/trainer/predict.ts';
import { parseExperiment } from '../../../engine/services/runs/start.ts';
import { contentOf } from '../../../engine/tasks/content.ts';
import { prepareTask } from '../../../engine/tasks/task-of.ts';
import { byLength, evenPairs, mostWrong } from '../../../engine/tasks/translate/result.ts';
import { translateTexts } from '../../../engine/tasks/translate/translate-text.ts';
import { pairTable, sourceOf, trainOn } from '../classify/made-samples.ts';
import { CONFIGURATION, reversedPairs } from './made-pairs.ts';

const TABLE = pairTable(reversedPairs(240));
const messages = await trainOn(TABLE, CONFIGURATION);
const endOf = (all: typeof messages) =>
  all.find((message) => message.type === 'ended') ?? expect.unreachable();
const ended = endOf(messages);
const prepared = messages.find((message) => message.type === 'prepared') ?? expect.unreachable();
const scoreOf = (subject: string, metric: string, all = ended) =>
  all.scores.find((score) => score.subject === subject && score.metric === metric && score.part === 'test')
    ?.value;

test('it learns to write, beside a copy, a word table and the most alike', () => {
  expect([...new Set(ended.scores.map(({ subject }) => subject))]).toEqual([
    'model',
    'copy-source',
    'word-table',
    'translation-memory',
  ]);
  expect(scoreOf('model', 'exact-match')).toBeGreaterThan(0.8);
  expect(scoreOf('model', 'exact-match')).toBeGreaterThan(scoreOf('word-table', 'exact-match')!);
  expect(scoreOf('copy-source', 'exact-match')).toBe(0);
  expect(scoreOf('copy-source', 'token-accuracy')).toBeUndefined();
  // What was learned when the epochs ended is what is scored.
  const texts = messages.filter((message) => message.type === 'epoch').map(({ texts: found }) => found!);
  expect(texts[0]).toHaveLength(3);
  for (const { prompt, reference } of texts.flat())
    expect(reference!.split(' | ')).toContain([...prompt].reverse().join('').toUpperCase());
  expect(
    texts.at(-1)!.filter(({ prompt, text }) => text === [...prompt].reverse().join('').toUpperCase()),
  ).not.toHaveLength(0);
});

test('a run that was stopped in the middle of an epoch and resumed ends with the same weights', async () => {
  const stopped = await trainOn(TABLE, CONFIGURATION, { stopAfter: 30 });
  const checkpoint = stopped.findLast((message) => message.type === 'checkpoint') ?? expect.unreachable();
  expect(endOf(stopped).state).toBe('stopped');
  const resumed = await trainOn(TABLE, CONFIGURATION, { checkpoint: checkpoint.data });
  expect(endOf(resumed).weightsHash).toBe(ended.weightsHash);
});

const EXPERIMENT = parseExperiment(CONFIGURATION) as TranslateExperiment;
const MODEL = { fitted: prepared.fitted, weights: ended.best!.weights };
const MEMBERS = [{ runId: 1, experiment: EXPERIMENT, trained: MODEL }] as const;

test('new texts are translated alone as among others, by beam and greedily, and each token looks at the text', async () => {
  await selectBackend('simd', { allowFallback: false, threads: 1 });
  const texts = ['abcd', 'd', 'bca', 'aabb'];
  const options = { beam: 3, lengthPenalty: 0.6 };
  const together = translateTexts(MEMBERS, texts, options);
  for (const [index, text] of texts.entries()) {
    const [alone] = translateTexts(MEMBERS, [text], options);
    expect(alone!.text).toBe(together[index]!.text);
  }
  const [found] = together;
  expect(found!.alternatives.length).toBeGreaterThan(1);
  const scores = found!.alternatives.map(({ score }) => score);
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  const { alignment } = found!;
  expect(alignment!.source).toEqual(['a', 'b', 'c', 'd', '⏎']);
  expect(alignment!.written).toEqual([...found!.text, '⏎']);
  for (const line of alignment!.shares) expect(line.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
  // A wider beam finds nothing less probable than the greedy text where no length is preferred.
  for (const text of texts) {
    const [greedy] = translateTexts(MEMBERS, [text], { beam: 1, lengthPenalty: 0 });
    const [wide] = translateTexts(MEMBERS, [text], { beam: 4, lengthPenalty: 0 });
    expect(wide!.alternatives[0]!.probability).toBeGreaterThanOrEqual(
      greedy!.alternatives[0]!.probability - 1e-9,
    );
  }
  expect(translateTexts(MEMBERS, ['abx'], options)[0]!.unknown).toEqual(['x']);
});

test('on validation a beam of four is not worse than always the most probable token, after little training too', async () => {
  const training = { ...CONFIGURATION.training, epochs: 5 };
  const little = endOf(await trainOn(TABLE, { ...CONFIGURATION, training }));
  for (const { weights } of [little.best!, ended.best!]) {
    const written = async (beam: number) => {
      const task = { ...EXPERIMENT.task, beam };
      const job = { workspacePath: '', datasetVersionId: 1, experiment: { ...EXPERIMENT, task }, threads: 1 };
      const model = { fitted: prepared.fitted, weights };
      const bytes = await predictPart({ ...job, model, part: 'validation' }, sourceOf(TABLE));
      const { header, columns } = TranslateFrame.decode(bytes);
      const isExact = (text: string, row: number) => header.references[row]!.includes(text);
      return {
        exact: header.written.filter(isExact).length,
        edits: columns.edits.reduce((sum, edits) => sum + edits, 0),
      };
    };
    const [greedy, wide] = [await written(1), await written(4)];
    expect(wide.exact).toBeGreaterThanOrEqual(greedy.exact);
    expect(wide.edits).toBeLessThanOrEqual(greedy.edits);
  }
});

test('what cannot be translated is refused in one sentence', async () => {
  await selectBackend('simd', { allowFallback: false, threads: 1 });
  const translate = (text: string) => () => translateTexts(MEMBERS, [text], { beam: 1, lengthPenalty: 0 });
  expect(translate(' ')).toThrow('The text is empty; write what is to be translated.');
  expect(translate('abcdabcda')).toThrow('The text "abcdabcda" has 9 tokens, and this run reads at most 8');
  expect(() => requireTranslatable({ beam: 0 })).toThrow('The beam is 0; choose a whole number from 1');
  expect(() => requireTranslatable({ beam: 1.5 })).toThrow('The beam is 1.5');
  expect(() => requireTranslatable({ lengthPenalty: -1 })).toThrow('The length penalty is -1');
  expect(() => requireTranslatable({})).not.toThrow();
});

test('the written texts are exported, and grouped by the length of what was read', async () => {
  const job = { workspacePath: '', datasetVersionId: 1, experiment: EXPERIMENT, model: MODEL, threads: 1 };
  const bytes = await predictPart({ ...job, part: 'test' }, sourceOf(TABLE));
  const frame = TranslateFrame.decode(bytes);
  const content = contentOf(EXPERIMENT, bytes);
  expect(content.tables()['written.csv']).toHaveLength(frame.header.sources.length + 1);
  expect(content.section().html).toContain('By tokens of the text that is read');
  const groups = byLength(frame);
  const all = groups.reduce((sum, { count }) => sum + count, 0);
  expect(all).toBe(frame.header.sources.length);
  const exact = groups.reduce((sum, { count, exact: share }) => sum + count * share, 0) / all;
  expect(exact).toBeCloseTo(scoreOf('model', 'exact-match')!, 9);
  const edits = mostWrong(frame, 5).map((pair) => pair.edits);
  expect(edits[0]).toBe(Math.max(...frame.columns.edits));
  // For comparisons: the same texts of every run.
  const even = evenPairs(frame, 5).map(({ source }) => source);
  const { sources } = frame.header;
  expect(even).toEqual([0, 1, 2, 3, 4].map((at) => sources[Math.floor((at * sources.length) / 5)]));
  expect(evenPairs(frame, 9_999).map(({ source }) => source)).toEqual(sources);
});

test.each([
  ['lstm, one direction', { kind: 'encoder-decoder', units: 16 }, { bidirectional: false }],
  [
    'without attention',
    { kind: 'encoder-decoder', units: 16, attention: false, layers: 2, dropout: 0.1 },
    {},
  ],
  [
    'rnn of words, additive attention',
    { kind: 'encoder-decoder', cell: 'rnn', units: 16 },
    { targetTokens: { by: 'words' }, attentionScores: 'additive' },
  ],
  ['attention', { kind: 'attention', units: 16, heads: 2, layers: 1, dropout: 0.1 }, {}],
  [
    'attention, normalised after',
    { kind: 'attention', units: 16, heads: 2, layers: 1, positions: 'learned', normalization: 'post' },
    { tokens: { by: 'pieces', most: 20 } },
  ],
])('%s is trained, scored and resumes', async (_name, model, task) => {
  const configuration = {
    ...CONFIGURATION,
    model,
    task: { ...CONFIGURATION.task, ...task },
    training: { ...CONFIGURATION.training, epochs: 2 },
  };
  const table = pairTable(reversedPairs(80));
  const found = endOf(await trainOn(table, configuration));
  expect(found.state).toBe('completed');
  expect(scoreOf('model', 'token-accuracy', found)).toBeGreaterThan(0);
  const stopped = await trainOn(table, configuration, { stopAfter: 3 });
  const checkpoint = stopped.findLast((message) => message.type === 'checkpoint') ?? expect.unreachable();
  const resumed = await trainOn(table, configuration, { checkpoint: checkpoint.data });
  expect(endOf(resumed).weightsHash).toBe(found.weightsHash);
});

test('several right texts of one source are one source, whose pairs lie in one part', () => {
  const pairs = [...reversedPairs(60), ...reversedPairs(60).map(([word]) => [word, 'X'] as const)];
  const { parts } = prepareTask(EXPERIMENT, {
    kind: 'samples',
    name: 'twice',
    samples: pairTable(pairs),
  });
  expect(parts.reduce((sum, { windows }) => sum + windows, 0)).toBe(120);
  for (const { windows } of parts) expect(windows % 2).toBe(0);
});

test('what cannot be learned is refused in one sentence that names the field', async () => {
  const refusal = async (changes: object, pairs = reversedPairs(40)) => {
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
  const task = (changes: object) => ({ task: { ...CONFIGURATION.task, ...changes } });
  expect(await refusal({ model: { kind: 'lstm', units: 8 } })).toBe('model.kind');
  expect(await refusal(task({ metrics: ['mae'] }))).toBe('task.metrics');
  expect(await refusal({ split: { kind: 'fraction', train: 0.8, validation: 0.1 } })).toBe('split.kind');
  expect(await refusal({ pipeline: [{ step: 'log' }] })).toBe('pipeline');
  const long = reversedPairs(20).map(([word, target]) => [word.repeat(2_500), target] as const);
  expect(await refusal({}, long)).toBe('task.mostSteps');
  const empty = reversedPairs(20).map(([word]) => [word, ' '] as const);
  expect(await refusal({}, empty)).toBe('task.target');
});

test('made pairs are the same for the same name, and true', () => {
  const lines = [...generatedPairs('dates-to-iso-200.tsv')!].join('').trim().split('\n').slice(1);
  expect(lines).toHaveLength(200);
  for (const line of lines) {
    const [source = '', iso = ''] = line.split('\t');
    const [year, , day] = iso.split('-');
    expect(source).toContain(year!);
    expect(source).toMatch(new RegExp(`\\b0?${Number(day)}`));
  }
  expect([...generatedPairs('number-words-to-digits-500.tsv')!].join('')).toContain('hundred and');
  expect(generatedPairs('dates-to-iso-0.tsv')).toBeNull();
  expect(generatedPairs('other-10.tsv')).toBeNull();
});
