// The series of the competition as a table to import, and the experiment of a global model: one for all series, trained on all rows but
// the last horizon, which chooses the weights, and tested on the values that the competition asked for.
import type { M4Series } from './file.ts';
import type { Kind } from './kinds.ts';

/** Any one would do: the times only say that the rows are evenly spaced. */
const LAST_MS = Date.UTC(2017, 0, 1);

const timeOf = (rowsBeforeLast: number, { stepMs }: Kind): string =>
  `${new Date(LAST_MS - rowsBeforeLast * stepMs).toISOString().slice(0, 19)}Z`;

export function tableOf(series: readonly M4Series[], kind: Kind): string {
  const lines = series.flatMap(({ name, known, future }) => {
    const values = [...known, ...future];
    return values.map((value, row) => `${name},${timeOf(values.length - 1 - row, kind)},${value}`);
  });
  return `series,time,value\n${lines.join('\n')}\n`;
}

export function experimentOf(kind: Kind, model: string): object {
  const { name, horizon, lookback, stride, season, training } = kind;
  return {
    name: `m4-${name}`,
    dataset: { name: `m4-${name}` },
    // sMAPE and MASE are of absolute errors.
    task: {
      kind: 'forecast',
      targets: ['value'],
      lookback,
      horizon,
      stride,
      loss: 'mae',
      metrics: ['owa', 'smape', 'mase'],
    },
    split: {
      kind: 'date',
      validationFrom: timeOf(2 * horizon - 1, kind),
      testFrom: timeOf(horizon - 1, kind),
    },
    // sMAPE is of shares, so the model sees logarithms.
    pipeline: [{ step: 'fill', method: 'forward' }, { step: 'log' }, { step: 'revin' }],
    model: { kind: model, ...kind.model },
    training: {
      ...training,
      optimizer: { kind: 'adam', learningRate: 0.002 },
      schedule: { kind: 'cosine' },
      probe: false,
    },
    // Weekly series have no season in the competition; the baselines may find one.
    ...(season > 1 && { evaluation: { season } }),
  };
}
