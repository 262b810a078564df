// Lab 2: why the past fades. Networks learn to add two marked numbers of the last 50 steps; how much of the loss's gradient arrives at
// each step back, before and after?
import type { LabLines, LabOutcome } from '../contract/labs.ts';
import { autocorrelationAt } from '../inside/autocorrelation.ts';
import { stateGradients, windowsWithTargets } from '../inside/forecaster/state-gradients.ts';
import { firstWeights, type Learnt, learn, lookInto } from './forecaster/learn.ts';
import { adding, forecasting } from './forecaster/problems.ts';
import type { Lab, LabGiven } from './lab.ts';

const STEPS = 50;
const WINDOWS = 32;
const UNITS = 32;

const NETWORKS = {
  short: { name: 'RNN, gain 0.7', model: { kind: 'rnn', units: UNITS, recurrentGain: 0.7 } },
  glorot: { name: 'RNN, Glorot', model: { kind: 'rnn', units: UNITS, recurrentInitializer: 'glorot' } },
  orthogonal: { name: 'RNN, orthogonal', model: { kind: 'rnn', units: UNITS } },
  long: { name: 'RNN, gain 1.4', model: { kind: 'rnn', units: UNITS, recurrentGain: 1.4 } },
  lstm: { name: 'LSTM', model: { kind: 'lstm', units: UNITS } },
  chrono: { name: 'LSTM, chrono', model: { kind: 'lstm', units: UNITS, chronoSteps: STEPS } },
} as const;
type NetworkId = keyof typeof NETWORKS;
const IDS = Object.keys(NETWORKS) as readonly NetworkId[];

export interface Fading {
  /** By lag, before and after training; of what is carried on from step to step: the cell state of an LSTM. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly losses: readonly number[];
  /** By lag, of the column; only of own data. */
  readonly autocorrelation: readonly (number | null)[] | null;
}

const problemFor = ({ own, quick }: LabGiven) =>
  own
    ? forecasting(own, { lookback: STEPS, epochs: quick ? 2 : 12 })
    : adding(STEPS, quick ? { sequences: 400, epochs: 6 } : { sequences: 3_000, epochs: 16 });

export const fadingLab: Lab<Fading> = {
  name: 'fading',
  parts: () => IDS.map((id) => `training ${NETWORKS[id].name}`),
  async run(part, given) {
    const problem = problemFor(given);
    const learnt = await learn(problem, NETWORKS[IDS[part]!].model);
    const { prepared } = learnt.opened;
    const values = prepared.series[0]!.actuals[0]!;
    return {
      before: gradientsOf(learnt, firstWeights(learnt.opened)),
      after: gradientsOf(learnt, learnt.last),
      losses: learnt.losses,
      autocorrelation: given.own
        ? Array.from({ length: STEPS }, (_, lag) => autocorrelationAt(values, lag + 1))
        : null,
    };
  },
  conclude,
};

function gradientsOf({ opened }: Learnt, weights: Learnt['last']): number[] {
  return lookInto(opened, weights, (inspected) => {
    const windows = windowsWithTargets(opened.prepared, 'validation', WINDOWS);
    const { hidden, cell } = stateGradients(inspected, 'validation', windows)[0]!;
    return [...(cell ?? hidden)];
  });
}

/** What is left at the oldest lag of the gradient at lag 0. */
export const leftAtEnd = (gradients: readonly number[]): number => gradients.at(-1)! / gradients[0]!;

function conclude(results: readonly Fading[], { own }: LabGiven): LabOutcome {
  const left = results.map(({ after }) => leftAtEnd(after));
  const best = left.indexOf(Math.max(...left));
  const nameOf = (index: number) => NETWORKS[IDS[index]!].name;
  const [glorot, chrono] = [results[IDS.indexOf('glorot')]!, results[IDS.indexOf('chrono')]!];
  const ratio = (of: 'before' | 'after') => times(leftAtEnd(chrono[of]) / leftAtEnd(glorot[of]));
  return {
    answer: IDS[best]!,
    sentence: `After training ${nameOf(best)} has most left at lag ${STEPS - 1}: ${percent(left[best]!)} of its gradient at lag 0. The LSTM with chrono biases has ${ratio('before')} as much left as the RNN with Glorot weights before training, and ${ratio('after')} after it.`,
    remarks: [
      'Of an LSTM it is the gradient of its cell state, which is what the gates carry from step to step.',
      'Before training the first weights decide: with a gain of 0.7 each step keeps 0.7 of the gradient at most, and with orthogonal weights tanh alone shrinks it.',
      own
        ? 'Set the gradient against the autocorrelation of the column: what has faded at a lag cannot be learnt from there, however much the data repeat.'
        : 'Without memory the best answer is 1, with a mean squared error of 0.167: a loss near it means that the marked numbers did not arrive.',
    ],
    figures: [
      byLag('Gradient by lag, after training', results, ({ after }) => after),
      byLag('Gradient by lag, before training', results, ({ before }) => before),
      ...(own ? [correlations(results[0]!)] : []),
      {
        kind: 'table',
        title: 'What is left, and what was learnt',
        columns: ['network', `left at lag ${STEPS - 1} before`, 'after', 'last validation loss'],
        rows: results.map(({ before, losses }, index) => [
          nameOf(index),
          leftAtEnd(before),
          left[index]!,
          losses.at(-1) ?? null,
        ]),
      },
    ],
  };
}

function byLag(
  title: string,
  results: readonly Fading[],
  gradients: (result: Fading) => readonly number[],
): LabLines {
  return {
    kind: 'lines',
    title,
    xLabel: 'lag',
    yLabel: 'share of the gradient at lag 0',
    yScale: 'log',
    lines: results.map((result, index) => {
      const values = gradients(result);
      return {
        name: NETWORKS[IDS[index]!].name,
        x: [...values.keys()],
        y: values.map((value) => value / values[0]!),
      };
    }),
  };
}

function correlations({ autocorrelation }: Fading): LabLines {
  const y = [...(autocorrelation ?? [])];
  return {
    kind: 'lines',
    title: 'Autocorrelation of the column',
    xLabel: 'lag',
    yLabel: 'autocorrelation',
    yScale: 'linear',
    lines: [{ name: 'autocorrelation', x: y.map((_, lag) => lag + 1), y }],
  };
}

const percent = (share: number): string =>
  share >= 0.1 ? `${Math.round(100 * share)} %` : `${(100 * share).toPrecision(2)} %`;
const times = (ratio: number): string =>
  ratio >= 10 ? `${Math.round(ratio).toLocaleString('en-US')} times` : `${ratio.toPrecision(2)} times`;
