// Lab 1: the state and its equations. A plain network with four units reads a noisy wave; its states, one step in numbers, and how
// long a change of the oldest value can still be seen in the state.
import type { LabOutcome, LabTable } from '../contract/labs.ts';
import { createNumbers } from '../data/generated/random.ts';
import type { Part } from '../data/prepared.ts';
import type { Series } from '../data/series.ts';
import { captureRows } from '../inside/forecaster/capture.ts';
import type { Inspected } from '../inside/forecaster/inspected.ts';
import { step } from '../inside/views/forecast-step.ts';
import { learn, lookInto } from './forecaster/learn.ts';
import { forecasting, type OwnSize } from './forecaster/problems.ts';
import type { Lab, LabGiven } from './lab.ts';

const UNITS = 4;
const STEPS = 24;
const PART: Part = 'validation';
const PLACE = { part: 'encoder', layer: 0, direction: 'forward' } as const;

interface Term {
  readonly name: string;
  readonly value: number;
  readonly weight: number;
}

export interface StateSeen {
  /** [units][steps] */
  readonly states: readonly (readonly number[])[];
  /** [steps] of the window, model units. */
  readonly inputs: readonly number[];
  /** Of the state, by steps since the oldest value was raised by 1. */
  readonly change: readonly number[];
  /** The last step of each unit. */
  readonly equations: readonly {
    readonly input: readonly Term[];
    readonly recurrent: readonly Term[];
    readonly bias: number;
    readonly sum: number;
    readonly value: number;
  }[];
  readonly loss: number;
}

const NETWORKS = ['before training', 'after training'] as const;

export const stateLab: Lab<StateSeen> = {
  name: 'state',
  parts: () => NETWORKS.map((name) => `reading a window ${name}`),
  async run(part, { own, quick }) {
    const size: OwnSize = { lookback: STEPS, epochs: quick ? 2 : 20 };
    const problem = own ? forecasting(own, size) : forecasting(noisyWave(), size);
    const { opened, first, last, losses } = await learn(
      { ...problem, pipeline: [{ step: 'fill' }, { step: 'standardize' }] },
      { kind: 'rnn', units: UNITS },
    );
    const weights = part === 0 ? first : last;
    return lookInto(opened, weights, (inspected) => ({ ...seenBy(inspected), loss: losses.at(-1)! }));
  },
  conclude,
};

/** A wave of 12 steps with noise. */
function noisyWave(): { dataset: string; target: string; series: Series } {
  const rows = 1_200;
  const numbers = createNumbers(7);
  const values = Float64Array.from(
    { length: rows },
    (_, row) => Math.sin((2 * Math.PI * row) / 12) + 0.4 * (numbers.uniform() - 0.5),
  );
  return {
    dataset: 'the generated wave',
    target: 'wave',
    series: {
      name: 'generated',
      times: BigInt64Array.from(values, (_, row) => BigInt(row) * 1_000_000n),
      columns: [{ name: 'wave', kind: 'numeric', values, categories: [] }],
    },
  };
}

function seenBy(inspected: Inspected): Omit<StateSeen, 'loss'> {
  const { prepared } = inspected;
  const batch = prepared.createBatch(1);
  prepared.gather(prepared.windows[PART], [0], batch);
  const raised = batch.inputs.slice();
  raised[0]! += 1;
  const both = Float32Array.from([...batch.inputs, ...raised]);
  const { hidden } = captureRows(inspected, both, 2).sites[0]!;
  const at = (row: number, time: number, unit: number) => hidden[(row * STEPS + time) * UNITS + unit]!;
  const units = Array.from({ length: UNITS }, (_, unit) => unit);
  const times = Array.from({ length: STEPS }, (_, time) => time);
  return {
    states: units.map((unit) => times.map((time) => at(0, time, unit))),
    inputs: [...batch.inputs],
    change: times.map((time) => Math.hypot(...units.map((unit) => at(1, time, unit) - at(0, time, unit)))),
    equations: units.map((unit) => equationOf(inspected, unit)),
  };
}

function equationOf(inspected: Inspected, unit: number): StateSeen['equations'][number] {
  const card = step(inspected, { part: PART, origin: 0, place: PLACE, step: STEPS - 1, unit });
  const { input, recurrent, bias, sum, value } = card.blocks[0]!;
  return { input: input.terms, recurrent: recurrent.terms, bias, sum, value };
}

/** Below this share of its first size a change is said to be gone. */
const GONE = 0.01;

function conclude(results: readonly StateSeen[], { own }: LabGiven): LabOutcome {
  const [before, after] = results as readonly [StateSeen, StateSeen];
  const left = after.change.at(-1)! / after.change[0]!;
  const gone = after.change.findIndex((size) => size < GONE * after.change[0]!);
  const steps = Array.from({ length: STEPS }, (_, time) => time);
  return {
    answer: left < GONE ? 'gone' : left < 0.5 ? 'some' : 'most',
    sentence: `${STEPS - 1} steps later ${percent(left)} of the change is left in the state${gone > 0 ? `; it fell below 1 % after ${gone} steps` : ''}.`,
    remarks: [
      `The state is ${UNITS} numbers, whatever the length of the window: h' = tanh(x W + h U + b). Everything the network knows of the past is in them.`,
      own
        ? `The column was standardized first; a change of 1 is one standard deviation.`
        : 'The series is a wave of 12 steps with noise, standardized; a change of 1 is one standard deviation.',
    ],
    figures: [
      {
        kind: 'lines',
        title: 'What the network reads',
        xLabel: 'step',
        yLabel: 'value',
        yScale: 'linear',
        lines: [{ name: 'input', x: steps, y: [...after.inputs] }],
      },
      {
        kind: 'map',
        title: 'States after training, units over time',
        xLabel: 'step',
        lines: after.states.map((_, unit) => `unit ${unit}`),
        x: steps,
        values: after.states.map((line) => [...line]),
        range: [-1, 1],
        isSigned: true,
      },
      {
        kind: 'lines',
        title: 'What is left of a change of the oldest value',
        xLabel: 'step',
        yLabel: 'change of the state',
        yScale: 'log',
        lines: [before, after].map(({ change }, index) => ({
          name: NETWORKS[index]!,
          x: steps,
          y: change.map((size) => size / change[0]!),
        })),
      },
      equationTable(after),
    ],
  };
}

/** The last step in numbers: each line adds up to the sum before tanh. */
function equationTable({ equations }: StateSeen): LabTable {
  return {
    kind: 'table',
    title: 'The last step in numbers: x W + h U + b, and tanh of it',
    columns: ['unit', 'x W', ...Array.from({ length: UNITS }, (_, unit) => `h${unit} U`), 'b', 'sum', 'tanh'],
    rows: equations.map(({ input, recurrent, bias, sum, value }, unit) => [
      `unit ${unit}`,
      product(input),
      ...Array.from({ length: UNITS }, (_, from) =>
        product(recurrent.filter(({ name }) => name === `unit ${from}`)),
      ),
      bias,
      sum,
      value,
    ]),
  };
}

const product = (terms: readonly Term[]): number =>
  terms.reduce((sum, { value, weight }) => sum + value * weight, 0);

const percent = (share: number): string =>
  share < 0.001 ? `${(100 * share).toExponential(1)} %` : `${(100 * share).toPrecision(2)} %`;
