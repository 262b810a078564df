// Lists of tokens as a model reads them: each item is a token as it is, the vocabulary is made of the training part, and new items are unknown.
import { expect, test } from 'vitest';
import { asClassifyTask } from '../../../engine/contract/tasks/classify.ts';
import { createNumbers } from '../../../engine/data/generated/random.ts';
import type { SampleTable, SampleValues } from '../../../engine/data/samples/sample-table.ts';
import { createTextCoder, fitTextTokens } from '../../../engine/data/samples/text-tokens.ts';
import { completeExperiment } from '../../../engine/defaults/experiment.ts';
import { CLASS_BASELINES } from '../../../engine/evaluation/classes/baselines/registry.ts';
import { parseExperiment } from '../../../engine/services/runs/start.ts';
import { fitInput, restoreInput } from '../../../engine/tasks/classify/inputs/registry.ts';
import { unknownText } from '../../../engine/words/unknown-items.ts';
import { CONFIGURATION, tableOf, trainOn } from './made-samples.ts';

const of = (lists: readonly (readonly string[])[]): Extract<SampleValues, { kind: 'tokens' }> => ({
  name: 'text',
  kind: 'tokens',
  lists,
});
const configuration = {
  ...CONFIGURATION,
  task: { ...CONFIGURATION.task, tokens: { fewest: 1 }, mostSteps: 4 },
};
const TASK = asClassifyTask(parseExperiment(configuration).task);

const LISTS = [['New York', 'x'], ['new york', 'New York', 'x', 'x', 'x'], ['y'], ['Zürich']];

test('neither case nor spaces nor signs cut an item, and test items are not learned', () => {
  const { input, facts } = fitInput(of(LISTS), TASK, [0, 1]);
  expect(input.state).toEqual({
    kind: 'tokens',
    tokenizer: { by: 'items', lowerCase: false },
    tokens: ['x', 'New York', 'new york'],
  });
  expect(input.shape).toMatchObject({ kind: 'tokens', tokens: 4 });
  expect(LISTS.map((_, row) => [...input.encode(row)])).toEqual([[2, 1], [3, 2, 1, 1], [0], [0]]);
  expect(facts).toEqual(['text: 3 items are known; nothing of the training part is unknown.']);
  expect(input.unknownIn?.([0, 1])).toBeUndefined();
  const unknown = input.unknownIn?.([0, 2, 3]) ?? expect.unreachable();
  expect(unknown).toEqual({ items: ['y', 'Zürich'], different: 2, samples: 2 });
  expect(unknownText(unknown)).toBe(
    '2 samples have items that are not in the vocabulary of the run, and are read as unknown: "y", "Zürich".',
  );
});

test('a share of unknown items that is small is not said to be none', () => {
  const lists = [...Array.from({ length: 2000 }, () => ['x', 'y']), ['rare']];
  const { facts } = fitInput(of(lists), { ...TASK, tokens: { ...TASK.tokens, fewest: 2 } }, [
    ...lists.keys(),
  ]);
  expect(facts).toEqual(['text: 2 items are known; less than 0.1 % of the training part is unknown.']);
});

test('a fitted reading reads new lists, also those that are written as texts; an older one of texts reads lists', () => {
  const { input } = fitInput(of(LISTS), TASK, [0, 1]);
  const restored = restoreInput(JSON.parse(JSON.stringify(input.state)), of([['x', 'y']]), TASK);
  expect([...restored.encode(0)]).toEqual([1, 0]);
  const typed: SampleValues = { name: 'text', kind: 'text', texts: ['x, New York', '["x", "y"]'] };
  const written = restoreInput(input.state, typed, TASK);
  expect([0, 1].map((row) => [...written.encode(row)])).toEqual([
    [1, 2],
    [1, 0],
  ]);
  const texts = LISTS.map((items) => JSON.stringify(items));
  const old = fitInput({ name: 'text', kind: 'text', texts }, { ...TASK, mostSteps: 50 }, [0, 1, 2, 3]).input;
  const again = restoreInput(old.state, of(LISTS), { ...TASK, mostSteps: 50 });
  expect([...again.encode(1)]).toEqual([...old.encode(1)]);
});

const { integer } = createNumbers(11);
const truths = Array.from({ length: 120 }, () => integer(2));
/** The class is in whether `add to cart` comes before or after `search`; counts say nothing. */
const ordered = truths.map((truth) => {
  const items = Array.from({ length: integer(3) }, () => `view ${integer(4)}`);
  const pair = truth ? ['search', 'add to cart'] : ['add to cart', 'search'];
  return [pair[0]!, ...items, pair[1]!];
});
const withLists = (lists: readonly (readonly string[])[]): SampleTable => {
  const table = tableOf(
    lists.map((items) => JSON.stringify(items)),
    truths.map((truth) => (truth ? 'b' : 'a')),
  );
  return { ...table, columns: [of(lists), table.columns[1]!] };
};

test('their order is learned; naive Bayes and regression on items know no order', async () => {
  const messages = await trainOn(withLists(ordered), {
    ...CONFIGURATION,
    training: { ...CONFIGURATION.training, epochs: 15 },
  });
  const { scores } = messages.find((message) => message.type === 'ended') ?? expect.unreachable();
  const accuracy = (subject: string) =>
    scores.find((one) => one.part === 'test' && one.metric === 'accuracy' && one.subject === subject)?.value;
  expect(accuracy('model')).toBeGreaterThan(0.9);
  expect(accuracy('bag-of-words')).toBeLessThan(0.8);
  expect(accuracy('naive-bayes')).toBeLessThan(0.8);
  expect(accuracy('letter-n-grams')).toBeUndefined();
});

test('baselines take an item as a word, however it is written', () => {
  const lists = truths.map((truth, row) => [`item ${row % 3}`, truth ? 'Item, B' : 'item, b']);
  const given = {
    columns: [of(lists)],
    classes: 2,
    labels: Int32Array.from(truths),
    train: truths.map((_, row) => row).filter((row) => row < 90),
    validation: truths.map((_, row) => row).filter((row) => row >= 90),
  };
  const learned = CLASS_BASELINES.flatMap(({ subject, learn }) => {
    const work = learn(given);
    let next = work.next();
    while (!next.done) next = work.next();
    return next.value ? [{ subject, answer: next.value }] : [];
  });
  expect(learned.map(({ subject }) => subject)).toEqual(
    expect.arrayContaining(['majority', 'naive-bayes', 'bag-of-words', 'one-hot-regression']),
  );
  for (const { subject, answer } of learned.filter(({ subject }) => subject !== 'majority'))
    expect(
      given.validation.filter((row) => answer(row)[truths[row]!]! < 0.5),
      subject,
    ).toEqual([]);
});

test('tasks that write read items between spaces, the same ones wherever they stand', () => {
  const coder = createTextCoder(
    fitTextTokens({ by: 'items', lowerCase: false, most: 100, fewest: 1 }, ['New_York a-b', 'a-b New_York']),
  );
  expect(coder.size).toBe(4);
  expect(coder.cut('a-b  New_York\n')).toEqual([' a-b', ' New_York']);
  expect(coder.unknownOf('a b a-b')).toEqual([' a', ' b']);
  const samples = {
    form: 'JSON lines',
    input: 'steps',
    label: null,
    group: null,
    groups: 0,
    parts: [],
    classes: [],
    duplicates: 0,
    columns: [
      {
        name: 'steps',
        kind: 'tokens',
        missing: 0,
        min: 2,
        mean: 4,
        max: 9,
        categories: null,
        items: 7,
      } as const,
    ],
  };
  const complete = completeExperiment(
    { name: 'g', dataset: { name: 'd' }, task: { kind: 'generate' }, model: { kind: 'gru' } },
    {
      rows: 100,
      columns: [{ name: 'steps', kind: 'tokens' }],
      samples,
      series: 0,
      startUs: null,
      endUs: null,
      frequency: null,
    },
  );
  expect(complete).toMatchObject({ task: { input: 'steps', tokens: { by: 'items' }, window: 11 } });
});
