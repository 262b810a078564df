// A model of samples is looked into step by step: shares, evidence and gradient are those of the model, and units are told by what they follow.
import { describe, expect, it, test } from 'vitest';
import {
  type FollowersChoice,
  FollowersChoiceSchema,
  InsideReadingFrame,
  ReadChoiceSchema,
} from '../../engine/contract/inside/reading.ts';
import { GenerateFrame } from '../../engine/contract/tasks/generate-frame.ts';
import type { TranslateExperiment } from '../../engine/contract/tasks/translate-experiment.ts';
import { generatedPairs } from '../../engine/data/generated/pairs.ts';
import type { Subject } from '../../engine/inside/forecaster/load.ts';
import { readablesOf } from '../../engine/inside/readings/readable.ts';
import { VIEWS } from '../../engine/inside/views/registry.ts';
import { createParameterSet, initializeParameters } from '../../engine/models/parameters.ts';
import { parseExperiment } from '../../engine/services/runs/start.ts';
import type { ReadSample } from '../../engine/tasks/sample-reading.ts';
import { prepareTask } from '../../engine/tasks/task-of.ts';
import { forcedOver } from '../../engine/tasks/translate/forced.ts';
import { modelFor } from '../../engine/tasks/translate/model.ts';
import { tokenField } from '../../engine/tasks/translate/pair-batch.ts';
import { prepareTranslate } from '../../engine/tasks/translate/prepare.ts';
import { seedRandomStreams } from '../../engine/training/random-streams.ts';
import { CONFIGURATION, madeSamples, trainOn } from '../tasks/classify/made-samples.ts';
import { LONG, madeText, textTable } from '../tasks/generate/made-texts.ts';
import { samplesSubject } from './sample-subjects.ts';

const read = async (subject: Subject, choice: object = {}) =>
  InsideReadingFrame.decode(
    (await VIEWS.read(subject, ReadChoiceSchema.parse(choice))) as Uint8Array<ArrayBuffer>,
  );

const REVIEWS = madeSamples(240);
const ended = (await trainOn(REVIEWS)).find((message) => message.type === 'ended') ?? expect.unreachable();
const reviews = samplesSubject(CONFIGURATION, REVIEWS, { data: ended.best!.weights, isCheckpoint: false });

describe('a classifier of texts', () => {
  const subject = reviews;

  it('says what there is to see', async () => {
    expect(await VIEWS.reader(subject, null)).toMatchObject({
      unit: 'words',
      classes: ['bad', 'good'],
      readsText: true,
      attention: [],
      places: [{ cell: 'gru', units: 8, what: ['hidden', 'z', 'r', 'n'] }],
    });
  });

  it('finds the words that the class comes from, and ends with the share of the whole sample', async () => {
    const { header, columns } = await read(subject, { text: 'the movie was superb and it felt for me' });
    expect(header.labels.slice(0, 4)).toEqual(['the', 'movie', 'was', 'superb']);
    expect(header.explained.choice).toBe('good');
    expect(columns.evidence.indexOf(Math.max(...columns.evidence))).toBe(3);
    expect(columns.evidence[3]).toBeGreaterThan(1);
    const good = columns.share[header.classes.indexOf('good')]!;
    expect(good.at(-1)).toBeCloseTo(header.explained.share, 5);
    expect(good[2]).toBeLessThan(good[3]!);
    for (let step = 0; step < good.length; step++)
      expect(columns.share.reduce((sum, share) => sum + share[step]!, 0)).toBeCloseTo(1, 5);
    expect(columns.gradient.every((norm) => norm >= 0)).toBe(true);
    expect(columns.mean).toHaveLength(8);
  });

  it('knows the true class of a sample, and of its own text none', async () => {
    const { header } = await read(subject, { part: 'train', sample: 2 });
    expect(header.sample).toMatchObject({ part: 'train', index: 2, isOwn: false });
    expect(header.classes).toContain(header.sample.truth);
    expect((await read(subject, { text: 'sad' })).header.sample).toMatchObject({ truth: null, isOwn: true });
  });

  it('has units that follow something readable', async () => {
    const choice: FollowersChoice = FollowersChoiceSchema.parse({});
    const { followers, samples } = await VIEWS.followers(subject, choice);
    expect(samples).toBe(48);
    expect(followers.length).toBeGreaterThan(0);
    expect(followers.every(({ correlation }) => Math.abs(correlation) >= 0.6)).toBe(true);
  });

  it('reads with what its run learned of the data, as it would learn it again', async () => {
    const experiment = parseExperiment(CONFIGURATION);
    const { fitted } = prepareTask(experiment, { kind: 'samples', name: 'made', samples: REVIEWS });
    const stored = { data: ended.best!.weights, isCheckpoint: false };
    const again = await read(samplesSubject(CONFIGURATION, REVIEWS, stored, fitted), { sample: 3 });
    expect(again).toEqual(await read(subject, { sample: 3 }));
    // What was learned of other texts is another reading: it is used, and not learned again.
    const other = prepareTask(experiment, { kind: 'samples', name: 'made', samples: madeSamples(80, 9) });
    const least = other.fitted as { readonly input: { readonly tokens: readonly string[] } };
    const changed = { ...least, input: { ...least.input, tokens: least.input.tokens.toReversed() } };
    const first = samplesSubject(CONFIGURATION, REVIEWS, null, changed);
    expect((await read(first, { sample: 3 })).columns.evidence).not.toEqual(
      (await read(samplesSubject(CONFIGURATION, REVIEWS), { sample: 3 })).columns.evidence,
    );
  });

  it('refuses a sample that there is not, and views of windows', async () => {
    await expect(read(subject, { sample: 900 })).rejects.toThrow('There is no sample 900 in the test part');
    await expect(read(subject, { place: { layer: 3 } })).rejects.toThrow('The model has no layer 3');
  });
});

describe('a classifier whose gradient is cut off', () => {
  it('has all of its states, and a gradient where training had one', async () => {
    const model = { kind: 'lstm', units: 4, bidirectional: false };
    const table = madeSamples(60);
    const cut = samplesSubject({ ...CONFIGURATION, model: { ...model, truncateSteps: 3 } }, table);
    const { header, columns } = await read(cut);
    const steps = header.labels.length;
    expect(header.truncated).toBe(steps - 3);
    expect([...columns.gradient].map(Number.isNaN)).toEqual(header.labels.map((_, at) => at < steps - 3));
    const free = await read(samplesSubject({ ...CONFIGURATION, model }, table));
    expect(free.header.truncated).toBe(0);
    for (const [line, values] of columns.mean.entries())
      for (const [at, value] of values.entries()) expect(value).toBeCloseTo(free.columns.mean[line]![at]!, 6);
    expect(free.columns.gradient.every((norm) => norm > 0)).toBe(true);
  });
});

describe('a classifier with attention', () => {
  it('shows where its heads look', async () => {
    const model = { kind: 'attention', units: 8, heads: 2, layers: 2 };
    const subject = samplesSubject({ ...CONFIGURATION, model }, madeSamples(60));
    const { header, columns } = await read(subject, { layer: 1, head: 1 });
    const steps = header.labels.length;
    expect(header.heads.map(({ head }) => head)).toEqual([0, 1]);
    expect(header.rows).toEqual([]);
    expect(columns.weight).toHaveLength(steps);
    for (const line of columns.weight) expect(line.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 5);
    await expect(read(subject, { head: 7 })).rejects.toThrow('There is no head 7');
  });
});

describe('a language model', () => {
  const table = textTable([madeText(700)]);
  const subject = samplesSubject(LONG, table);

  it('has the probabilities that the run is scored by', async () => {
    const experiment = parseExperiment(LONG);
    const prepared = prepareTask(experiment, { kind: 'samples', name: 'made', samples: table });
    const machine = await prepared.open();
    const parameters = createParameterSet(
      machine.model.specs,
      initializeParameters(machine.model.specs, seedRandomStreams(experiment.seed).init),
    );
    const scored = GenerateFrame.decode(machine.predict(parameters.weight, 'test')).columns.probability;
    parameters.dispose();
    const { columns, header } = await read(subject, { most: 40 });
    expect(header.length).toBe(scored.length);
    // From an empty state, where the score read the text before: the weights of a start hardly differ by it.
    for (let step = 0; step < 40; step++) expect(columns.probability[step]).toBeCloseTo(scored[step]!, 2);
  });

  it('is explained by what it has read, and by nothing after', async () => {
    const { header, columns } = await read(subject, { most: 30, step: 12 });
    expect(header.explained).toMatchObject({ step: 12, choice: header.labels[13] });
    expect(header.answers).toHaveLength(30);
    expect(columns.evidence.subarray(13).every((one) => one === 0)).toBe(true);
    expect(columns.evidence.subarray(0, 13).some((one) => one !== 0)).toBe(true);
    expect(columns.gradient[12]).toBeGreaterThan(0);
    expect(columns.gradient.subarray(13).every((one) => one === 0)).toBe(true);
    await expect(read(subject, { most: 30, step: 30 })).rejects.toThrow('There is no step 30');
  });

  it('continues through a long text, and reads what is typed', async () => {
    const { header } = await read(subject, { from: 20, most: 10 });
    const whole = await read(subject, { most: 60 });
    expect(header.before).toBe(20);
    expect(header.labels).toEqual(whole.header.labels.slice(20, 30));
    const own = await read(subject, { text: 'the whale' });
    expect(own.header.labels.join('')).toContain('the whale');
    expect(own.columns.probability.at(-1)).toBeNaN();
  });
});

describe('a language model whose training carried its state over batches', () => {
  const TUNES = Array.from({ length: 12 }, (_, seed) => madeText(30 + seed, seed + 1));
  const tunes = {
    ...LONG,
    name: 'tunes',
    model: { kind: 'lstm', units: 8 },
    split: { kind: 'samples', by: 'stratified', train: 0.6, validation: 0.2 },
    training: { ...LONG.training, epochs: 1 },
  };

  it('is read from an empty state, whatever was read before', async () => {
    const table = textTable([madeText(700)]);
    const messages = await trainOn(table, { ...LONG, training: { ...LONG.training, epochs: 1 } });
    const end = messages.find((message) => message.type === 'ended') ?? expect.unreachable();
    const subject = samplesSubject(LONG, table, { data: end.best!.weights, isCheckpoint: false });
    const first = await read(subject, { most: 20 });
    await read(subject, { part: 'train', most: 200 });
    const again = await read(subject, { most: 20 });
    expect(again.columns.probability).toEqual(first.columns.probability);
    expect(again.columns.mean).toEqual(first.columns.mean);
    // The state of a stretch that begins later is not that of the whole: it, too, is empty at first.
    const later = await read(subject, { from: 10, most: 10 });
    expect(later.columns.mean[0]![0]).not.toBe(first.columns.mean[0]![10]);
    const own = await read(subject, { text: first.header.labels.join('').replaceAll('\u23ce', '') });
    expect(own.header.labels[0]).toBe('\u23ce');
  });

  it('has a line for each of many units where all are asked for', async () => {
    const subject = samplesSubject(
      { ...LONG, model: { kind: 'gru', units: 410 } },
      textTable([madeText(700)]),
    );
    const lines = async (choice: object) => (await read(subject, { most: 4, ...choice })).header.rows.length;
    expect(await lines({})).toBeLessThan(410);
    expect(await lines({ whole: true })).toBe(410);
  });

  it('says how far back its training went, and shows the gradient beyond', async () => {
    const subject = samplesSubject(LONG, textTable([madeText(700)]));
    const { header, columns } = await read(subject, { most: 40 });
    expect(header.reachOfTraining).toBe(LONG.task.window);
    expect(header.truncated).toBe(0);
    expect(columns.gradient.every((norm) => norm > 0)).toBe(true);
    expect((await read(reviews)).header.reachOfTraining).toBeNull();
  });

  it('reads each text by itself, from its own beginning', async () => {
    const subject = samplesSubject(tunes, textTable(TUNES));
    const { header } = await read(subject, { sample: 1 });
    const text = TUNES[Number(header.sample.name.slice('text '.length)) - 1]!;
    expect(header.before).toBe(0);
    expect(header.labels[0]).toBe('\u23ce');
    expect(header.labels.slice(1).join('')).toBe(text);
    await expect(read(subject, { sample: 40 })).rejects.toThrow('There is no sample 40');
  });
});

describe('a labeller', () => {
  const pairs = [...generatedPairs('parts-of-speech-240.tsv')!]
    .slice(1, 61)
    .map((line) => line.trim().split('\t') as [string, string]);
  const texts = textTable(pairs.map(([source]) => source));
  const targets = { name: 'target', kind: 'text' as const, texts: pairs.map(([, target]) => target) };
  const table = { ...texts, columns: [...texts.columns, targets] };
  const subject = samplesSubject(
    {
      name: 'speech',
      dataset: { name: 'speech' },
      task: { kind: 'label', input: 'text', target: 'target', embedding: 8, mostSteps: 20 },
      model: { kind: 'gru', units: 6, bidirectional: true },
      split: { kind: 'samples', by: 'stratified', train: 0.6, validation: 0.2 },
      pipeline: [],
    },
    table,
  );

  it('is explained by what comes before and after a step', async () => {
    const { header, columns } = await read(subject, { step: 1 });
    const steps = header.labels.length;
    expect(header.says).toBe('label');
    expect(header.explained.step).toBe(1);
    expect(header.answers).toHaveLength(steps);
    expect(columns.evidence.subarray(2).some((one) => one !== 0)).toBe(true);
    expect(columns.probability.every((share) => share > 0 && share < 1)).toBe(true);
    const backward = await read(subject, { step: 1, place: { direction: 'backward' } });
    expect(backward.columns.gradient[0]).toBe(0);
    expect(backward.columns.gradient[steps - 1]).toBeGreaterThan(0);
    expect(columns.gradient[steps - 1]).toBe(0);
  });

  it('reads a text that is typed, whose labels are not known', async () => {
    const { header, columns } = await read(subject, { text: pairs[0]![0] });
    expect(header.labels.join(' ')).toBe(pairs[0]![0]);
    expect(columns.probability.every(Number.isNaN)).toBe(true);
  });
});

describe('a translator', () => {
  const pairs = [...generatedPairs('parts-of-speech-240.tsv')!]
    .slice(1, 41)
    .map((line) => line.trim().split('\t') as [string, string]);
  const texts = textTable(pairs.map(([source]) => source));
  const targets = { name: 'target', kind: 'text' as const, texts: pairs.map(([, target]) => target) };
  const table = { ...texts, columns: [...texts.columns, targets] };
  const openWith = (model: object, task: object = {}) =>
    samplesSubject(
      {
        name: 'pairs',
        dataset: { name: 'pairs' },
        task: {
          kind: 'translate',
          input: 'text',
          target: 'target',
          embedding: 6,
          mostSteps: 60,
          ...task,
        },
        model,
        split: { kind: 'samples', by: 'stratified', train: 0.6, validation: 0.2 },
        pipeline: [],
      },
      table,
    );
  const recurrent = openWith({ kind: 'encoder-decoder', units: 6, cell: 'lstm', attention: true });

  it('reads, then writes: what is read is not answered, and speaks for what is written', async () => {
    const { header, columns } = await read(recurrent);
    const { firstAnswer, labels } = header;
    const steps = labels.length;
    expect(labels[firstAnswer - 1]).toBe('\u23ce');
    expect(labels[firstAnswer]).toBe('\u2192');
    expect(header.says).toBe('next');
    expect(header.explained.step).toBe(steps - 1);
    expect(header.answers.map((answers) => answers.length > 0)).toEqual(
      labels.map((_, step) => step >= firstAnswer),
    );
    expect(columns.probability.subarray(0, firstAnswer).every(Number.isNaN)).toBe(true);
    const written = columns.probability.subarray(firstAnswer);
    expect(written.every((share) => share > 0 && share < 1)).toBe(true);
    expect(columns.evidence.subarray(0, firstAnswer).some((one) => one !== 0)).toBe(true);
    const first = await read(recurrent, { step: firstAnswer });
    expect(first.columns.evidence.subarray(firstAnswer + 1).every((one) => one === 0)).toBe(true);
    await expect(read(recurrent, { step: firstAnswer - 1 })).rejects.toThrow('is read and not answered');
  });

  it('has the shares that the run is scored by', async () => {
    const { header, columns } = await read(recurrent);
    const experiment = parseExperiment(recurrent.experiment) as TranslateExperiment;
    const prepared = prepareTranslate(experiment, table, 'made');
    const model = modelFor(experiment, { source: prepared.source.size, target: prepared.target.size });
    const random = seedRandomStreams(experiment.seed).init;
    const parameters = createParameterSet(model.specs, initializeParameters(model.specs, random));
    const [row] = prepared.parts.test;
    const scoring = forcedOver(
      model,
      parameters.weight,
      { ...prepared, fieldOf: tokenField },
      Int32Array.of(row!),
    );
    let scored = scoring.next();
    while (!scored.done) scored = scoring.next();
    parameters.dispose();
    const known = columns.probability.subarray(header.firstAnswer).filter((share) => !Number.isNaN(share));
    expect(known).toHaveLength(scored.value.tokens);
    expect(-known.reduce((sum, share) => sum + Math.log(share), 0)).toBeCloseTo(scored.value.nats, 3);
  });

  it.each([
    ['encoder', 0],
    ['decoder', 1],
  ] as const)('shows the states and the gradient of its %s at its own steps', async (part, which) => {
    const place = { part, layer: 0, direction: 'forward' };
    const { header, columns } = await read(recurrent, { place, what: 'f' });
    const isOwn = (step: number) => (step >= header.firstAnswer ? 1 : 0) === which;
    for (const line of columns.mean)
      expect([...line].map((value) => !Number.isNaN(value))).toEqual(header.labels.map((_, at) => isOwn(at)));
    expect([...columns.gradient].map((norm) => !Number.isNaN(norm))).toEqual(
      header.labels.map((_, at) => isOwn(at)),
    );
    expect(columns.gradient[which === 1 ? header.labels.length - 1 : 0]).toBeGreaterThan(0);
    const { steps } = await VIEWS.followers(recurrent, FollowersChoiceSchema.parse({ place }));
    expect(steps).toBeGreaterThan(0);
  });

  it('looks at what was read while it writes', async () => {
    const { header, columns } = await read(recurrent);
    expect(header.queries.map(([query]) => query)).toEqual(
      header.labels.map((_, step) => step).slice(header.firstAnswer),
    );
    for (const line of columns.weight) {
      const looks = line.subarray(0, header.firstAnswer);
      expect(looks.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 5);
      expect(line.subarray(header.firstAnswer).every(Number.isNaN)).toBe(true);
    }
  });

  it('writes the answer to a text of its own', async () => {
    const { header } = await read(recurrent, { text: pairs[0]![0] });
    expect(header.sample.isOwn).toBe(true);
    expect(header.firstAnswer).toBe(header.labels.indexOf('\u2192'));
    await expect(read(recurrent, { text: 'x'.repeat(80) })).rejects.toThrow('this run reads at most 60');
  });

  it('has both directions of its encoder, or layers that look at what is read and at themselves', async () => {
    const both = openWith(
      { kind: 'encoder-decoder', units: 4, cell: 'gru', attention: false },
      { bidirectional: true },
    );
    const { places, attention } = await VIEWS.reader(both, null);
    expect(places.map(({ place }) => `${place.part} ${place.direction}`)).toEqual([
      'encoder forward',
      'encoder backward',
      'decoder forward',
    ]);
    expect(attention).toHaveLength(0);
    await read(both, { place: { part: 'encoder', direction: 'backward' } });
    const heads = openWith({ kind: 'attention', units: 8, heads: 2, layers: 2 });
    expect((await VIEWS.reader(heads, null)).attention.map(({ isAlignment }) => isAlignment)).toEqual([
      true,
      true,
      false,
      false,
    ]);
    const own = await read(heads, { layer: 3 });
    expect(own.header.queries[0]).toEqual([0]);
    expect(own.header.queries).toHaveLength(own.header.firstAnswer);
    const looks = await read(heads, { layer: 1, head: 1 });
    expect(looks.header.queries[0]).toEqual([looks.header.firstAnswer]);
    expect(looks.columns.weight[0]![0]).toBeGreaterThan(0);
  });
});

test('brackets, quotes, words and lines are read as a reader does', () => {
  const labels = [...'ab (c[d]) "x"\nE1'];
  const sample: ReadSample = {
    name: 'x',
    truth: null,
    values: new Int32Array(labels.length),
    steps: labels.length,
    length: labels.length,
    before: 0,
    labels,
    next: null,
  };
  const found = new Map(
    readablesOf(sample, { tokens: ['a'], classes: [], channels: [] }).map(({ name, values }) => [
      name,
      [...values],
    ]),
  );
  expect(found.get('being inside ( )')).toEqual([0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
  expect(found.get('being inside [ ]')).toEqual([0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  expect(found.get('being inside " "')).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0]);
  expect(found.get('the position in the word')!.slice(0, 6)).toEqual([1, 2, 0, 1, 2, 3]);
  expect(found.get('the position in the line')!.slice(-3)).toEqual([0, 1, 2]);
  expect(found.get('a capital letter')!.indexOf(1)).toBe(14);
  expect(found.get('a digit')!.indexOf(1)).toBe(15);
  expect(found.has('being inside { }')).toBe(false);
});
