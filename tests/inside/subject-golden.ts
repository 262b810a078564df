// The subjects of the golden values: weights and series from one seed, no pipeline, so that a window is rows of the series.
import { readFileSync } from 'node:fs';
import type { Subject } from '../../engine/inside/forecaster/load.ts';
import { sizeOf } from '../../engine/models/parameters.ts';
import { Numbers } from '../ops/numbers.ts';
import { subjectOf } from './subject.ts';

interface GoldenModel {
  readonly model: { readonly kind: string };
  readonly seed: number;
  readonly parameters: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly forecast: readonly number[];
}

export interface GoldenRecurrent extends GoldenModel {
  readonly model: {
    readonly kind: 'rnn' | 'gru' | 'lstm';
    readonly units: number;
    readonly layers: number;
    readonly bidirectional: boolean;
  };
  /** `layer direction`, [steps, width]. */
  readonly states: Readonly<Record<string, Readonly<Record<'hidden' | 'cell' | 'gates', readonly number[]>>>>;
  readonly gradients: Readonly<
    Record<string, { readonly hidden: readonly number[]; readonly cell?: readonly number[] }>
  >;
  readonly spectra: readonly {
    readonly singular: readonly number[];
    readonly eigenvalues: readonly (readonly [number, number])[];
  }[];
}

export interface GoldenAttention extends GoldenModel {
  readonly layers: readonly { readonly weights: readonly number[]; readonly scores: readonly number[] }[];
}

export const golden = JSON.parse(
  readFileSync(new URL('../golden/inside/inside.json', import.meta.url), 'utf8'),
) as {
  readonly rows: number;
  readonly lookback: number;
  readonly horizon: number;
  readonly train: number;
  readonly validation: number;
  readonly recurrent: readonly GoldenRecurrent[];
  readonly attention: readonly GoldenAttention[];
};

export interface GoldenProducts {
  readonly seed: number;
  readonly kind: 'rnn' | 'gru' | 'lstm';
  /** `layer direction`; matrices [state, state], row-major: d s_T / d s_(T-k). */
  readonly products: Readonly<
    Record<string, Readonly<Record<'logNorms' | 'oneStep' | 'allSteps', readonly number[]>>>
  >;
}

export interface GoldenAttributions extends Omit<GoldenModel, 'forecast'> {
  readonly lookback: number;
  readonly rows: number;
  readonly train: number;
  /** [horizon][lookback, inputs] */
  readonly integratedGradients: readonly (readonly number[])[];
  readonly occlusion: readonly (readonly number[])[];
}

export const explained = JSON.parse(
  readFileSync(new URL('../golden/inside/explained.json', import.meta.url), 'utf8'),
) as {
  readonly throughTime: readonly GoldenProducts[];
  readonly attributions: readonly GoldenAttributions[];
};

/** Where it is not that of the other golden values. */
type Layout = Partial<Pick<typeof golden, 'rows' | 'lookback' | 'train'>>;

export function goldenSubject({
  model,
  seed,
  parameters,
  ...own
}: Omit<GoldenModel, 'forecast'> & Layout): Subject {
  const { horizon, validation } = golden;
  const { rows = golden.rows, lookback = golden.lookback, train = golden.train } = own;
  const numbers = new Numbers(seed);
  const weights = parameters.map(({ name, shape }) => ({
    name,
    shape,
    values: numbers.array(sizeOf(shape), 0.5),
  }));
  const series = numbers.array(rows * 2);
  return subjectOf({
    model,
    weights,
    task: { lookback, horizon },
    experiment: { pipeline: [], split: { kind: 'count', train, validation } },
    columns: [0, 1].map((column) =>
      Float64Array.from({ length: rows }, (_, row) => series[2 * row + column]!),
    ),
  });
}
