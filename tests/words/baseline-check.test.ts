// When a run counts as worse than a baseline, and what is advised.
import { describe, expect, test } from 'vitest';
import { ModelSchema } from '../../engine/contract/experiment/model.ts';
import type { Catalogue } from '../../engine/contract/runs/catalogue.ts';
import type { RunDetail, Score } from '../../engine/contract/runs/run.ts';
import { CATALOGUE } from '../../engine/evaluation/catalogue.ts';
import { standingOf } from '../../engine/services/runs/standing.ts';
import { advice } from '../../engine/words/scores/advice.ts';
import {
  baselineRemark,
  baselineWarning,
  improvingRemark,
  isWorseThanBaseline,
  lostToBaseline,
  verdictHint,
} from '../../engine/words/scores/baseline-check.ts';
import { cannedRun } from '../hosts/cli/canned.ts';

type Values = Readonly<Record<string, number>>;

const scoresOf = (values: Values, rest: Partial<Score> = {}): Score[] =>
  Object.entries(values).map(([subject, value]) => {
    const common = { part: 'test', metric: 'mae', unit: 'original', target: null, count: 9 } as const;
    return { ...common, subject, value, ...rest };
  });

const runWith = (scores: Score[], changes: Partial<RunDetail> = {}): RunDetail =>
  cannedRun({ scores, ...standingOf(scores, { metric: 'mae', unit: 'original' }), ...changes });

const scored = (test: Values, changes: Partial<RunDetail> = {}): RunDetail =>
  runWith(scoresOf(test), changes);

const piped = (...pipeline: RunDetail['configuration']['pipeline']): Partial<RunDetail> => ({
  configuration: { ...cannedRun().configuration, pipeline },
});

const warningOf = (run: RunDetail): string | null => baselineWarning(run, String, CATALOGUE);

test.each([
  ['better than all', { model: 1, repeat: 2, 'seasonal-naive': 3 }, null],
  ['worse than the best only', { model: 2.5, 'seasonal-naive': 3, repeat: 2 }, 'repeat'],
  ['worse than both', { model: 4, repeat: 3, 'seasonal-naive': 2 }, 'seasonal-naive'],
  ['as good as the baseline, nearly', { model: 2.0009, repeat: 2 }, null],
  ['no number', { model: Number.NaN, repeat: 2 }, 'repeat'],
  ['a baseline without a number', { model: 1, repeat: Number.NaN }, null],
  ['a perfect baseline', { model: 0.1, repeat: 0 }, 'repeat'],
  ['as perfect as the baseline', { model: 0, repeat: 0 }, null],
  ['no baseline', { model: 1 }, null],
  ['no scores', {}, null],
] as const)('%s', (_, scores, beatenBy) => {
  const run = scored(scores);
  expect(lostToBaseline(run, CATALOGUE)?.baseline.subject ?? null).toBe(beatenBy);
  expect(isWorseThanBaseline(run)).toBe(beatenBy !== null);
});

test.each([
  ['a higher log loss is worse', 'log-loss', 'mixed'],
  ['a majority that says its shares is calibrated, which decides nothing', 'ece', 'better'],
])('of classes, %s', (_, metric, outcome) => {
  const scores = [
    ...scoresOf({ model: 0.9, majority: 0.1 }, { metric: 'accuracy' }),
    ...scoresOf({ model: 0.2, majority: 1e-16 }, { metric }),
  ];
  expect(standingOf(scores, { metric: 'accuracy', unit: 'original' }).testOutcome).toBe(outcome);
});

test('a metric of which more is better turns it round', () => {
  const metrics = CATALOGUE.metrics.map((metric) => ({ ...metric, better: 'higher' as const }));
  const catalogue: Catalogue = { ...CATALOGUE, metrics };
  const lost = (test: Values) => lostToBaseline(scored(test), catalogue)?.baseline.subject ?? null;
  expect(lost({ model: 3, repeat: 2, mean: 1 })).toBeNull();
  expect(lost({ model: 1.5, repeat: 1, mean: 2 })).toBe('mean');
});

test('says nothing of a run that is still training, with the scores of the time before', () => {
  expect(lostToBaseline(scored({ model: 2, repeat: 1 }, { state: 'running' }), CATALOGUE)).toBeNull();
  expect(lostToBaseline(scored({ model: 2, repeat: 1 }, { state: 'stopped' }), CATALOGUE)).not.toBeNull();
  expect(baselineRemark(scored({ model: 2, repeat: 1 }, { state: 'running' }), String, CATALOGUE)).toBeNull();
});

test('is one sentence in the list of runs', () => {
  const said = (scores: Values) => baselineRemark(scored(scores), String, CATALOGUE);
  expect(said({ model: 640.7, repeat: 37.9 })).toBe(
    'Worse than the baseline repeat: 640.7 against 37.9 on the test part.',
  );
  expect(said({ model: Number.NaN, other: 1 })).toBe(
    'Worse than the baseline other: NaN against 1 on the test part.',
  );
  expect(said({ model: 1, repeat: 2 })).toBeNull();
});

test.each([
  [
    'equal scores are a tie, whatever else is lost',
    1,
    'log-loss',
    [0.9, 0.4],
    'No better than the baseline regression: 100 % against 100 % on the test part, and worse than a baseline by another metric or for one target.',
  ],
  [
    'a better score is said to be better',
    0.8,
    'log-loss',
    [0.9, 0.4],
    'Better than the baseline regression: 100 % against 80 % on the test part, but worse than a baseline by another metric or for one target.',
  ],
  [
    'scores that are as good as perfect are a tie',
    1,
    'log-loss',
    [3e-4, 1e-9],
    'No better than the baseline regression: 100 % against 100 % on the test part.',
  ],
  [
    'nothing wrong but for rounding is a tie',
    1,
    'hamming-loss',
    [1e-17, 0],
    'No better than the baseline regression: 100 % against 100 % on the test part.',
  ],
] as const)('in the list of runs, %s', (_, rival, metric, [model, regression], remark) => {
  const scores = [
    ...scoresOf({ model: 1, regression: rival }, { metric: 'accuracy' }),
    ...scoresOf({ model, regression }, { metric }),
  ];
  const run = runWith(scores, standingOf(scores, { metric: 'accuracy', unit: 'original' }));
  expect(baselineRemark(run, String, CATALOGUE)).toBe(remark);
});

test('the advice beside a verdict is that of the warning, without its scores', () => {
  const run = scored({ model: 3, repeat: 2 });
  const hint = verdictHint(run, CATALOGUE);
  expect(hint).toMatch(/^Try /);
  expect(warningOf(run)).toMatch(new RegExp(` ${hint}$`));
  expect(verdictHint(scored({ model: 1, repeat: 2 }), CATALOGUE)).toBeNull();
  expect(verdictHint(scored({ model: 2, repeat: 2 }), CATALOGUE)).toBeNull();
});

describe('a loss that the first metric hides', () => {
  test('by another metric is said', () => {
    const run = runWith([
      ...scoresOf({ model: 2000, repeat: 2100 }),
      ...scoresOf({ model: 3202, repeat: 3165 }, { metric: 'rmse' }),
    ]);
    expect(run.testOutcome).toBe('mixed');
    expect(isWorseThanBaseline(run)).toBe(false);
    expect(warningOf(run)).toBe(
      'Better than every baseline by MAE, but worse than the baseline repeat by RMSE (3202 against 3165).',
    );
  });

  test('is said beside a first metric that is not won either: no word right against none', () => {
    const run = runWith([
      ...scoresOf({ model: 0, repeat: 0 }),
      ...scoresOf({ model: 90, repeat: 45 }, { metric: 'rmse' }),
    ]);
    expect(warningOf(run)).toBe(
      'No better than the baseline repeat by MAE, and worse than the baseline repeat by RMSE (90 against 45).',
    );
  });

  test('is listed beside a first metric that is lost too', () => {
    const run = runWith([
      ...scoresOf({ model: 3, repeat: 2 }),
      ...scoresOf({ model: 9, linear: 4 }, { metric: 'rmse' }),
      ...scoresOf({ model: 81, linear: 16 }, { metric: 'mse' }),
      ...scoresOf({ model: 2, repeat: 1 }, { target: 'OT' }),
    ]);
    expect(run.testOutcome).toBe('worse');
    expect(warningOf(run)).toContain(
      'test MAE 3 against 2. Also worse than the baseline linear by RMSE (9 against 4), MSE (81 against 16); the baseline repeat by MAE for OT (2 against 1). ',
    );
  });

  test('of one target is said', () => {
    const run = runWith([
      ...scoresOf({ model: 0.608, repeat: 0.649 }),
      ...scoresOf({ model: 0.168, repeat: 0.139 }, { target: 'OT' }),
      ...scoresOf({ model: 0.7, repeat: 0.9 }, { target: 'HULL' }),
    ]);
    expect(warningOf(run)).toBe(
      'Better than every baseline by MAE over all targets, but worse than the baseline repeat by MAE for OT (0.168 against 0.139).',
    );
  });
});

test('a lead within chance is none', () => {
  expect(scored({ model: 37.838, repeat: 37.861 }).testOutcome).toBe('same');
  expect(warningOf(scored({ model: 37.838, repeat: 37.861 }))).toMatch(
    /^No better than the baseline repeat: test MAE 37.838 against 37.861/,
  );
});

describe('the advice', () => {
  const subtracting = piped({ step: 'subtract-last' });

  test('is subtract-last where the model has to learn the level', () => {
    expect(warningOf(scored({ model: 640.7, repeat: 37.9 }))).toBe(
      'Worse than the baseline repeat: test MAE 640.7 against 37.9. Try the step subtract-last at the end of the pipeline, so that the model forecasts changes from the last row.',
    );
    expect(warningOf(scored({ model: 2, repeat: 1 }, subtracting))).toContain('Try more training');
    expect(warningOf(scored({ model: 1, repeat: 2 }))).toBeNull();
  });

  test.each<[string, RunDetail]>([
    ['a run that diverged', scored({ model: 997_193_959, repeat: 38 }, { state: 'diverged' })],
    ['a training loss above that of a constant', scored({ model: 900, repeat: 38 }, { lastTrainLoss: 187 })],
    [
      'outliers in the test part',
      runWith([
        ...scoresOf({ model: 3_583_520, repeat: 3_300_000 }),
        ...scoresOf({ model: 4e7, repeat: 5e7 }, { metric: 'rmse' }),
      ]),
    ],
    [
      'a value far from all others, whatever became of the training',
      scored(
        { model: 577_815, repeat: 0.57 },
        { lastTrainLoss: 187, notes: ['"y" of series "s": 1 value is far from all others, 3 times ...'] },
      ),
    ],
    ['a season that is better', scored({ model: 2, 'seasonal-naive': 1, repeat: 1.5 })],
  ])('is not subtract-last for %s', (_, run) => {
    expect(warningOf(run)).toMatch(/^Worse than /);
    expect(warningOf(run)).not.toContain('subtract-last');
  });

  test('names the season only to a look-back that is shorter', () => {
    const seasonal = (lookback: number, season: number | undefined) => {
      const { configuration } = cannedRun();
      const { task, evaluation } = configuration;
      const changed = {
        ...configuration,
        task: { ...task, lookback },
        evaluation: { ...evaluation, season },
      };
      return warningOf(scored({ model: 2, 'seasonal-naive': 1 }, { configuration: changed }));
    };
    expect(seasonal(12, 24)).toContain('look-back of at least one whole season, 24 rows');
    expect(seasonal(48, 24)).not.toContain('season, ');
    expect(seasonal(48, undefined)).toContain('see that the look-back, 48 rows, covers a whole season');
  });

  test('of a random walk is that there is nothing to learn', () => {
    const walk = { repeat: 37.86, linear: 38.41 };
    expect(warningOf(scored({ model: 38.2, ...walk }, subtracting))).toContain('random walk');
    expect(warningOf(scored({ model: 37.84, ...walk }, subtracting))).toContain('random walk');
    expect(warningOf(scored({ model: 38.2, ...walk }))).toContain('random walk');
    expect(warningOf(scored({ model: 640.7, ...walk }))).toContain('subtract-last');
    expect(warningOf(scored({ model: 38.2, repeat: 37.86, linear: 30 }, subtracting))).not.toContain(
      'random walk',
    );
  });

  test.each([
    ['chrf', 'The simple method still writes better: train for longer'],
    ['psnr', 'The simple method still says the frames better: train for longer'],
  ])('by %s is to train what has no readout for longer', (metric, sentence) => {
    const [model, baseline] = scoresOf({ model: 1, memory: 50 }, { metric }) as [Score, Score];
    const parts = cannedRun().parts.map((part) => ({ ...part, fromUs: null, toUs: null }));
    expect(advice(cannedRun({ parts }), { model, baseline }, CATALOGUE).sentence).toContain(sentence);
  });

  test('names the linear model that can be chosen, but not to a linear model', () => {
    const lost = { model: 38.2, repeat: 37.86, dlinear: 30 };
    expect(warningOf(scored(lost, subtracting))).toContain(
      'choose model.kind linear with model.decomposition trend',
    );
    const { configuration } = cannedRun(subtracting);
    const solved = { ...configuration, model: ModelSchema.parse({ kind: 'linear' }) };
    expect(warningOf(scored(lost, { configuration: solved }))).toContain('another look-back');
  });
});

test('a run that was still improving says so', () => {
  const ended = { epoch: 20, totalEpochs: 20 };
  expect(improvingRemark(cannedRun({ ...ended, bestEpoch: 20 }))).toContain('still improving');
  expect(improvingRemark(cannedRun({ ...ended, bestEpoch: 19 }))).toBeNull();
  expect(
    improvingRemark(cannedRun({ epoch: 7, totalEpochs: 20, bestEpoch: 7, state: 'stopped' })),
  ).toBeNull();
});

test('a run whose score cannot be better is not told to train longer', () => {
  const last = { epoch: 20, totalEpochs: 20, bestEpoch: 20 };
  const canned = cannedRun(last);
  const task = { ...canned.configuration.task, metrics: ['accuracy'] };
  const with100 = (value: number): RunDetail => ({
    ...canned,
    configuration: { ...canned.configuration, task },
    scores: [
      {
        part: 'validation',
        subject: 'model',
        metric: 'accuracy',
        unit: 'original',
        target: null,
        value,
        count: 9,
      },
    ],
  });
  expect(improvingRemark(with100(1))).toBeNull();
  expect(improvingRemark(with100(1), CATALOGUE)).toBeNull();
  expect(improvingRemark(with100(0.99), CATALOGUE)).toContain('still improving');
});

test('a value far from all others is looked at first', () => {
  const notes = ['"y" of series "s": 1 value is far from all others, ...'];
  expect(warningOf(scored({ model: 9, repeat: 1 }, { lastTrainLoss: 187, notes }))).toMatch(
    /far from all others, as the notes say: read them as missing or correct them first\.$/,
  );
});

test('a run that is told something else is not told to train longer', () => {
  const last = { epoch: 20, totalEpochs: 20, bestEpoch: 20 };
  const remark = (run: RunDetail) => improvingRemark(run, CATALOGUE);
  expect(remark(scored({ model: 900, repeat: 38 }, last))).toContain('still improving');
  expect(remark(scored({ model: 900, repeat: 38 }, { ...last, lastTrainLoss: 187 }))).toBeNull();
  expect(remark(scored({ model: 1, repeat: 2 }, { ...last, lastTrainLoss: 187 }))).toBeNull();
  const walk = { model: 38.2, repeat: 37.86, linear: 38.41 };
  expect(remark(scored(walk, { ...last, ...piped({ step: 'subtract-last' }) }))).toBeNull();
});
