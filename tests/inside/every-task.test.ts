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
  InsideReadingFrame,
  ReadChoiceSchema,
  SampleStepChoiceSchema,
} from '../../engine/contract/inside/reading.ts';
import { RolloutChoiceSchema } from '../../engine/contract/inside/rollout.ts';
import { StatesChoiceSchema } from '../../engine/contract/inside/states.ts';
import type { InsideView } from '../../engine/contract/inside/views.ts';
import { TASK_SCHEMAS } from '../../engine/contract/tasks/registry.ts';
import { HindcastError } from '../../engine/contract/values/errors.ts';
import type { Subject } from '../../engine/inside/forecaster/load.ts';
import { shownOf } from '../../engine/inside/kinds.ts';
import { VIEWS } from '../../engine/inside/views/registry.ts';
import { recordedProbe } from '../../engine/services/inside/recorded-probe.ts';
import type { Workspace } from '../../engine/store/workspace.ts';
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
  card: SampleStepChoiceSchema.parse(at),
  followers: FollowersChoiceSchema.parse({}),
};

const NAMES = Object.keys(CHOICES) as InsideView[];
const OF_SAMPLES: readonly InsideView[] = ['reader', 'read', 'card', 'followers', 'spectrum'];
/** A recurrent forecaster has no attention. */
const OF_ATTENTION: readonly InsideView[] = ['attention', 'query', 'rollout', 'positions'];
const OF_WINDOWS = NAMES.filter(
  (name) => (name === 'spectrum' || !OF_SAMPLES.includes(name)) && !OF_ATTENTION.includes(name),
);
const ANSWERED = { windows: OF_WINDOWS, samples: OF_SAMPLES, nothing: [] } as const;

const ask = (subject: Subject, view: InsideView): Promise<unknown> =>
  (VIEWS[view] as (subject: Subject, choice: unknown) => Promise<unknown>)(subject, CHOICES[view]);

const isSentence = (message: string): boolean => /^[A-Z][^\n]{20,260}\.$/.test(message);

test('every kind of task has a model here', () => {
  const kinds = TASK_SCHEMAS.map(({ shape }) => shape.kind.value);
  expect(Object.keys(SUBJECTS).toSorted()).toEqual(kinds.toSorted());
});

describe.each(Object.entries(SUBJECTS))('%s', (_kind, open) => {
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
    expect(answered.toSorted()).toEqual([...ANSWERED[shownOf(subject.experiment)]].toSorted());
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
      nothing: /this model reads frames; look at its curves/,
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
