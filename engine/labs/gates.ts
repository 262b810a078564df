// Lab 3: what the first biases of the gates decide. LSTMs learn to add two marked numbers of the last 50 steps; they differ in the forget
// gate's first bias alone.
import type { LabLines, LabOutcome } from '../contract/labs.ts';
import { capture } from '../inside/forecaster/capture.ts';
import { stateGradients, windowsWithTargets } from '../inside/forecaster/state-gradients.ts';
import { memoryOfGate } from '../inside/memory.ts';
import { unitsOverTime, valuesOf } from '../inside/site-values.ts';
import { type Learnt, learn, lookInto } from './forecaster/learn.ts';
import { adding, forecasting } from './forecaster/problems.ts';
import type { Lab, LabGiven } from './lab.ts';

const STEPS = 50;
const WINDOWS = 16;
const UNITS = 32;

const BIASES = {
  shut: { name: 'forget bias -1', model: { kind: 'lstm', units: UNITS, forgetBias: -1 } },
  open: { name: 'forget bias 1', model: { kind: 'lstm', units: UNITS, forgetBias: 1 } },
  chrono: { name: 'chrono biases', model: { kind: 'lstm', units: UNITS, chronoSteps: STEPS } },
} as const;
type BiasId = keyof typeof BIASES;
const IDS = Object.keys(BIASES) as readonly BiasId[];

interface Moment {
  /** Mean forget gate of each unit over windows and steps, sorted. */
  readonly forget: readonly number[];
  /** Steps to 1/e by the gate alone, of the median unit; null: longer than can be seen. */
  readonly memory: number | null;
  /** Of the cell state, by lag. */
  readonly gradients: readonly number[];
}

export interface Gating {
  readonly before: Moment;
  readonly after: Moment;
  readonly losses: readonly number[];
}

export const gatesLab: Lab<Gating> = {
  name: 'gates',
  parts: () => IDS.map((id) => `training the LSTM with ${BIASES[id].name}`),
  async run(part, { own, quick }: LabGiven) {
    const problem = own
      ? forecasting(own, { lookback: STEPS, epochs: quick ? 2 : 16 })
      : adding(STEPS, quick ? { sequences: 300, epochs: 4 } : { sequences: 3_000, epochs: 24 });
    const learnt = await learn(problem, BIASES[IDS[part]!].model);
    const { first, last, losses } = learnt;
    return { before: momentOf(learnt, first), after: momentOf(learnt, last), losses };
  },
  conclude,
};

function momentOf({ opened }: Learnt, weights: Learnt['last']): Moment {
  return lookInto(opened, weights, (inspected) => {
    const windows = windowsWithTargets(opened.prepared, 'validation', WINDOWS);
    const site = capture(inspected, { part: 'validation', windows }).sites[0]!;
    const { units, steps } = site.plan;
    const gates = Array.from({ length: site.rows }, (_, row) =>
      unitsOverTime(valuesOf(site, 'f'), site.plan, row),
    );
    const ofUnit = (unit: number) =>
      Float64Array.from(gates.flatMap((gate) => [...gate.subarray(unit * steps, (unit + 1) * steps)]));
    const all = Array.from({ length: units }, (_, unit) => ofUnit(unit));
    const memories = all.map((values) => memoryOfGate(values, steps) ?? Number.POSITIVE_INFINITY);
    const median = memories.sort((a, b) => a - b)[Math.floor(units / 2)]!;
    return {
      forget: all.map(meanOf).sort((a, b) => a - b),
      memory: Number.isFinite(median) ? median : null,
      gradients: [...stateGradients(inspected, 'validation', windows)[0]!.cell!],
    };
  });
}

const meanOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function conclude(results: readonly Gating[], { own }: LabGiven): LabOutcome {
  const ends = results.map(({ losses }) => losses.at(-1) ?? Number.POSITIVE_INFINITY);
  const best = ends.indexOf(Math.min(...ends));
  const name = (index: number) => BIASES[IDS[index]!].name;
  return {
    answer: IDS[best]!,
    sentence: `The LSTM with ${name(best)} ends with the lowest validation loss, ${ends[best]!.toPrecision(3)}; ${others(ends, best)}.`,
    remarks: [
      'A forget gate of f keeps f of the cell state at a step, and the gradient of the cell state is multiplied by the same f on its way back.',
      own
        ? 'Columns whose next value hangs on the last few rows alone do not need a long memory: there a gate that forgets loses nothing.'
        : 'Without memory the mean squared error is 0.167: a curve that stays there has not begun to add.',
    ],
    figures: [
      lines('Validation loss', 'epoch', 'loss', results, ({ losses }) => losses, 1),
      lines(
        'Gradient of the cell state by lag, before training',
        'lag',
        'share of lag 0',
        results,
        ({ before }) => before.gradients.map((value) => value / before.gradients[0]!),
      ),
      lines('Mean forget gate, units in order', 'unit', 'forget gate', results, ({ after }) => after.forget),
      {
        kind: 'table',
        title: 'Gates and memory',
        columns: [
          'first biases',
          'mean forget gate before',
          'after',
          'median memory before, steps',
          'after',
          'loss',
        ],
        rows: results.map(({ before, after }, index) => [
          name(index),
          meanOf(Float64Array.from(before.forget)),
          meanOf(Float64Array.from(after.forget)),
          before.memory,
          after.memory,
          ends[index]!,
        ]),
      },
    ],
  };
}

function others(ends: readonly number[], best: number): string {
  return IDS.flatMap((id, index) =>
    index === best ? [] : [`with ${BIASES[id].name} it is ${ends[index]!.toPrecision(3)}`],
  ).join(', ');
}

function lines(
  title: string,
  xLabel: string,
  yLabel: string,
  results: readonly Gating[],
  valuesOf: (result: Gating) => readonly number[],
  first = 0,
): LabLines {
  const isShare = yLabel === 'forget gate';
  return {
    kind: 'lines',
    title,
    xLabel,
    yLabel,
    yScale: isShare ? 'linear' : 'log',
    lines: results.map((result, index) => {
      const y = [...valuesOf(result)];
      return { name: BIASES[IDS[index]!].name, x: y.map((_, at) => at + first), y };
    }),
  };
}
