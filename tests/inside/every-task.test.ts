// Every view of every kind of task: it answers, or says in one sentence why it does not and what to look at instead. And one step of one unit
// of every kind of sample adds up to what the model computed.
import { describe, expect, test } from 'vitest';
import { AttentionChoiceSchema, QueryChoiceSchema } from '../../engine/contract/inside/attention.ts';
import { AttributeChoiceSchema } from '../../engine/contract/inside/attribution.ts';
import {
  GatesChoiceSchema,
  GradientsChoiceSchema,
  SpectrumChoiceSchema,
  StepChoiceSchema,
} from '../../engine/contract/inside/dynamics.ts';
import { MatchChoiceSchema } from '../../engine/contract/inside/match.ts';
import { JacobianChoiceSchema, MemoryChoiceSchema } from '../../engine/contract/inside/memory.ts';
import {
  FollowersChoiceSchema,
  InsidePixelsFrame,
  InsideReadingFrame,
  PixelsChoiceSchema,
  ReadChoiceSchema,
  SampleStepChoiceSchema,
} from '../../engine/contract/inside/reading.ts';
import { RolloutChoiceSchema } from '../../engine/contract/inside/rollout.ts';
import { StatesChoiceSchema } from '../../engine/contract/inside/states.ts';
import type { InsideView } from '../../engine/contract/inside/views.ts';
import { TASK_SCHEMAS } from '../../engine/contract/tasks/registry.ts';
import type { VideoExperiment } from '../../engine/contract/tasks/video-experiment.ts';
import { HindcastError } from '../../engine/contract/values/errors.ts';
import type { Subject } from '../../engine/inside/forecaster/load.ts';
import { shownOf } from '../../engine/inside/kinds.ts';
import { VIEWS } from '../../engine/inside/views/registry.ts';
import { createParameterSet, initializeParameters } from '../../engine/models/parameters.ts';
import { recordedProbe } from '../../engine/services/inside/recorded-probe.ts';
import { parseExperiment } from '../../engine/services/runs/start.ts';
import type { Workspace } from '../../engine/store/workspace.ts';
import { forecastsFor } from '../../engine/tasks/video/forecasts.ts';
import { modelFor } from '../../engine/tasks/video/model.ts';
import { prepareVideo } from '../../engine/tasks/video/prepare.ts';
import { seedRandomStreams } from '../../engine/training/random-streams.ts';
import { CAPTION_EXPERIMENT } from '../tasks/caption/caption-runs.ts';
import { SUBJECTS } from './sample-subjects.ts';
import { choiceOf } from './subject.ts';

const at = { step: 1, unit: 0 };
/** What each view is asked. */
const CHOICES: Readonly<Record<InsideView, object | null>> = {
  describe: null,
  window: choiceOf(),
  states: { ...choiceOf(), ...StatesChoiceSchema.parse({}) },
  play: { ...choiceOf(), states: StatesChoiceSchema.parse({}), attention: null },
  step: { ...choiceOf(), ...StepChoiceSchema.parse(at) },
  gates: { ...choiceOf(), ...GatesChoiceSchema.parse({ windows: 2 }) },
  gradients: { ...choiceOf(), ...GradientsChoiceSchema.parse({ windows: 2 }), clipped: null },
  jacobian: { ...choiceOf(), ...JacobianChoiceSchema.parse({}) },
  captions: { ...choiceOf(), ...JacobianChoiceSchema.parse({}) },
  memory: { ...choiceOf(), ...MemoryChoiceSchema.parse({}) },
  diagnose: { ...choiceOf(), clipped: null },
  attention: { ...choiceOf(), ...AttentionChoiceSchema.parse({}) },
  query: { ...choiceOf(), ...QueryChoiceSchema.parse({ layer: 0, head: 0, query: 0 }) },
  rollout: { ...choiceOf(), ...RolloutChoiceSchema.parse({}) },
  attribute: { ...choiceOf(), ...AttributeChoiceSchema.parse({ step: 1 }) },
  match: { ...choiceOf(), ...MatchChoiceSchema.parse({}) },
  positions: {},
  spectrum: SpectrumChoiceSchema.parse({}),
  replay: { epochs: 1, weightsHash: null },
  difference: { backend: 'cpu' },
  reader: null,
  read: ReadChoiceSchema.parse({ most: 20 }),
  pixels: PixelsChoiceSchema.parse({}),
  card: SampleStepChoiceSchema.parse(at),
  followers: FollowersChoiceSchema.parse({}),
};

const NAMES = Object.keys(CHOICES) as InsideView[];
/** Kinds whose pictures have a view of their own. */
const OF_PICTURES = ['caption', 'video'];
const OF_SAMPLES: readonly InsideView[] = ['reader', 'read', 'card', 'followers', 'spectrum'];
/** A recurrent forecaster has no attention. */
const OF_ATTENTION: readonly InsideView[] = ['attention', 'query', 'rollout', 'positions'];
const OF_WINDOWS = NAMES.filter(
  (name) =>
    (name === 'spectrum' || !OF_SAMPLES.includes(name)) && !OF_ATTENTION.includes(name) && name !== 'pixels',
);
const ANSWERED = { windows: OF_WINDOWS, samples: OF_SAMPLES, nothing: [] } as const;

const ask = (subject: Subject, view: InsideView): Promise<unknown> =>
  (VIEWS[view] as (subject: Subject, choice: unknown) => Promise<unknown>)(subject, CHOICES[view]);

const isSentence = (message: string): boolean => /^[A-Z][^\n]{20,260}\.$/.test(message);

test('every kind of task has a model here', () => {
  const kinds = TASK_SCHEMAS.map(({ shape }) => shape.kind.value);
  expect(Object.keys(SUBJECTS).toSorted()).toEqual(kinds.toSorted());
});

describe.each(Object.entries(SUBJECTS))('%s', (kind, open) => {
  test('each view answers, or says why not and what else to look at', async () => {
    const subject = open();
    const answered: InsideView[] = [];
    for (const view of NAMES) {
      try {
        await ask(subject, view);
        answered.push(view);
      } catch (error) {
        if (!(error instanceof HindcastError)) throw error;
        expect(error.message, view).toSatisfy(isSentence);
        expect(['conflict', 'invalid-input'], `${view}: ${error.message}`).toContain(error.code);
        expect(error.message, view).toMatch(/look at|ask for|there is none|has no/);
      }
    }
    const pictures = OF_PICTURES.includes(kind) ? (['pixels'] as const) : [];
    expect(answered.toSorted()).toEqual([...ANSWERED[shownOf(subject.experiment)], ...pictures].toSorted());
  });

  test('what a probe recorded is asked for: the true reason why there is nothing', () => {
    const { experiment } = open();
    const run = {
      id: 3,
      state: 'completed',
      step: 9,
      configuration: { ...experiment, training: { ...experiment.training, probe: true } },
    };
    const workspace = {
      probes: { read: () => null },
      runs: { resolve: () => 3, detail: () => run },
    } as unknown as Workspace;
    const reasons = {
      windows: /trained before there was a probe/,
      samples: /this model reads samples; look at the view reading/,
      nothing: /this model reads none; look at its curves/,
    };
    expect(() => recordedProbe(workspace, 3)).toThrow(reasons[shownOf(experiment)]);
  });
});

const lstm = { kind: 'lstm', units: 5, layers: 2 };
/** Kind, model, and the places that are looked at. */
const CARDS: readonly (readonly [string, object | undefined, readonly object[]])[] = [
  [
    'classify',
    { kind: 'gru', units: 5, layers: 2, bidirectional: true },
    [{ layer: 0 }, { layer: 1, direction: 'backward' }],
  ],
  ['classify', { ...lstm, bidirectional: false, truncateSteps: 3 }, [{ layer: 0 }, { layer: 1 }]],
  ['classify', { kind: 'rnn', units: 5, bidirectional: false }, [{}]],
  ['tag', undefined, [{}]],
  ['estimate', undefined, [{}]],
  ['label', undefined, [{}, { direction: 'backward' }]],
  ['generate', lstm, [{ layer: 0 }, { layer: 1 }]],
  ['translate', undefined, [{}, { part: 'decoder' }]],
  ['caption', undefined, [{}, { part: 'decoder' }]],
  ['video', undefined, [{}, { part: 'decoder' }]],
  ['video', lstm, [{ layer: 0 }, { part: 'decoder', layer: 1 }]],
];

describe.each(CARDS)('one step of %s, %j', (kind, model, places) => {
  test.each(places)('%j adds up to the stored value', async (place) => {
    const subject = SUBJECTS[kind]!(model);
    const encoded = await VIEWS.read(subject, ReadChoiceSchema.parse({ most: 20, place }));
    const { header, columns } = InsideReadingFrame.decode(encoded as Uint8Array<ArrayBuffer>);
    const known = Array.from(columns.mean[0]!, (value, step) => (Number.isNaN(value) ? -1 : step)).filter(
      (step) => step >= 0,
    );
    for (const step of new Set([known[0]!, known[1]!, known.at(-1)!])) {
      const card = await VIEWS.card(
        subject,
        SampleStepChoiceSchema.parse({ most: 20, place, step, unit: 2 }),
      );
      expect(card.gap).toBeLessThan(1e-5);
      const { stored } = card.results.at(-1)!;
      expect(columns.mean[header.rows.findIndex(([unit]) => unit === 2)]![step]).toBe(stored);
      for (const { input, recurrent, bias, sum } of card.blocks) {
        const added = [input, recurrent].flatMap(({ terms, rest }) => [
          ...terms.map(({ product }) => product),
          rest,
        ]);
        expect(added.reduce((all, one) => all + one, bias)).toBeCloseTo(sum, 10);
      }
    }
    await expect(
      VIEWS.card(subject, SampleStepChoiceSchema.parse({ most: 20, place, step: 900, unit: 0 })),
    ).rejects.toThrow(/^There is no step 900 in /);
  });
});

test('a labeller of samples and an estimator are read on their own scales', async () => {
  const frameOf = async (kind: string, choice: object = {}) =>
    InsideReadingFrame.decode(
      (await VIEWS.read(
        SUBJECTS[kind]!(),
        ReadChoiceSchema.parse({ part: 'train', ...choice }),
      )) as Uint8Array<ArrayBuffer>,
    );
  const tags = await frameOf('tag', { choice: 'money' });
  expect(tags.header).toMatchObject({ scale: 'label', says: 'sample', explained: { choice: 'money' } });
  expect(tags.header.classes.toSorted()).toEqual(['food', 'money', 'sport']);
  const money = tags.columns.share[tags.header.classes.indexOf('money')]!;
  expect(money.at(-1)).toBeCloseTo(tags.header.explained.share, 5);
  expect(tags.columns.share.every((shares) => shares.every((share) => share > 0 && share < 1))).toBe(true);
  await expect(frameOf('tag', { choice: 'weather' })).rejects.toThrow(
    'The model says nothing of "weather"; it knows food, money, sport.',
  );
  const stars = await frameOf('estimate');
  expect(stars.header).toMatchObject({ scale: 'value', classes: ['stars'] });
  expect(Number(stars.header.sample.truth)).toBeGreaterThanOrEqual(100);
  // In the units of the data.
  expect(stars.header.explained.share).toBeGreaterThan(80);
  expect(stars.columns.share[0]!.at(-1)).toBeCloseTo(stars.header.explained.share, 3);
  expect(stars.columns.evidence.some((one) => one !== 0)).toBe(true);
});

const pixelsOf = async (kind: string, choice: object = {}, subject = SUBJECTS[kind]!()) =>
  InsidePixelsFrame.decode(
    (await VIEWS.pixels(
      subject,
      PixelsChoiceSchema.parse({ part: 'train', ...choice }),
    )) as Uint8Array<ArrayBuffer>,
  );

const readingOf = async (kind: string, choice: object = {}, subject = SUBJECTS[kind]!()) =>
  InsideReadingFrame.decode(
    (await VIEWS.read(
      subject,
      ReadChoiceSchema.parse({ part: 'train', ...choice }),
    )) as Uint8Array<ArrayBuffer>,
  );

describe('a forecaster of frames', () => {
  test('answers the frames ahead with their PSNR, which is that of its forecast', async () => {
    const subject = SUBJECTS.video!();
    const { header, columns } = await readingOf('video', { step: 5 }, subject);
    expect(header).toMatchObject({ says: 'frame', scale: 'value', firstAnswer: 4, unit: 'frames' });
    expect(header.labels).toHaveLength(7);
    expect(header.explained).toMatchObject({ step: 5, choice: 'PSNR' });
    expect([...columns.probability].map(Number.isNaN)).toEqual([true, true, true, true, false, false, false]);
    const experiment = parseExperiment(subject.experiment) as VideoExperiment;
    const data = await subject.readData();
    const prepared = prepareVideo(
      experiment,
      data.kind === 'samples' ? data.samples : expect.unreachable(),
      'made',
    );
    const model = modelFor(experiment, prepared.pictures);
    const random = seedRandomStreams(experiment.seed).init;
    const parameters = createParameterSet(model.specs, initializeParameters(model.specs, random));
    const windows = prepared.parts.train.slice(0, 1);
    const work = forecastsFor({ experiment, prepared, model, windows }, parameters.weight);
    let next = work.next();
    while (!next.done) next = work.next();
    parameters.dispose();
    const errors = columns.probability.subarray(4).map((psnr) => 10 ** (-psnr / 10));
    expect(errors.reduce((sum, error) => sum + error / 3, 0)).toBeCloseTo(next.value[0]!.loss, 5);
    const { columns: shown } = await pixelsOf('video', {}, subject);
    expect(shown.said).toEqual(next.value[0]!.frames);
  });

  test('is explained by the frames that it reads alone, first by those for the frame that comes next', async () => {
    const { header, columns } = await readingOf('video');
    expect(header.explained.step).toBe(4);
    expect(columns.evidence.subarray(0, 4).every((one) => one !== 0)).toBe(true);
    expect(columns.evidence.subarray(4).every((one) => one === 0)).toBe(true);
    expect(columns.gradient.subarray(0, 4).every((norm) => norm > 0)).toBe(true);
    const decoder = await readingOf('video', { step: 5, place: { part: 'decoder' } });
    expect([...decoder.columns.gradient].map((norm) => norm > 0)).toEqual(
      [0, 1, 2, 3, 4, 5, 6].map((step) => step === 4 || step === 5),
    );
    await expect(readingOf('video', { step: 2 })).rejects.toThrow('Step 2 is read and not answered');
    await expect(readingOf('video', { choice: 'colour' })).rejects.toThrow('says nothing of "colour"');
  });

  test('says of one field of a frame how bright it is', async () => {
    const choice = 'brightness in row 2, column 3 of 4 x 4';
    const { header, columns } = await pixelsOf('video', { step: 6, choice });
    expect(header.explained).toMatchObject({ step: 6, choice });
    // 6 x 6 pixels: the second row of fields begins at pixel 2, the third column at pixel 3.
    const fields = columns.said[2]!.filter((_, at) => {
      const [row, column] = [Math.floor(at / 6), at % 6];
      return Math.floor((row * 4) / 6) === 1 && Math.floor((column * 4) / 6) === 2;
    });
    const bright = fields.reduce((sum, pixel) => sum + pixel / 255, 0) / fields.length;
    expect(header.explained.value).toBeCloseTo(bright, 1);
  });
});

test.each([
  ['video', 4],
  ['caption', 1],
] as const)('the pixels of %s together are the change of its answer', async (kind, pictures) => {
  const { header, columns } = await pixelsOf(kind);
  expect(header.read).toHaveLength(pictures);
  expect(columns.read[0]).toHaveLength(36);
  const shares = columns.evidence.reduce((sum, map) => sum + map.reduce((all, one) => all + one, 0), 0);
  const change = header.explained.value - header.without;
  expect(Math.abs(change)).toBeGreaterThan(1e-4);
  expect(header.gap).toBeLessThan(1);
  expect(Math.abs(shares - change)).toBeLessThan(0.02 * Math.abs(change) + 1e-6);
  for (const [index, sum] of header.sums.entries())
    expect(columns.evidence[index]!.reduce((all, one) => all + one, 0)).toBeCloseTo(sum, 4);
});

test('a captioner looks at the pixels of its image', async () => {
  const subject = SUBJECTS.caption!();
  const reading = await readingOf('caption', {}, subject);
  const step = reading.header.firstAnswer + 1;
  const { header, columns } = await pixelsOf('caption', { step }, subject);
  expect(header.looks).toEqual(['attention']);
  expect(columns.look[0]!.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 4);
  const line = reading.columns.weight[reading.header.queries.findIndex(([query]) => query === step)]!;
  const weights = line.subarray(0, reading.header.firstAnswer);
  // Patches lie side by side: a corner is in one alone.
  const { side } = CAPTION_EXPERIMENT.task.patches;
  expect(columns.look[0]![0]).toBeCloseTo(weights[0]! / side ** 2, 6);
  expect(columns.look[0]!.at(-1)).toBeCloseTo(weights.at(-1)! / side ** 2, 6);
});
