// The spread of the true values is taken around the mean of each series and target: around a common mean, the different levels of
// series would pass for explained.
import type { Channel } from '../channel.ts';
import { CompensatedSum } from './compensated-sum.ts';
import type { Metric, MetricState, ScoredCell } from './metric.ts';

export const r2: Metric = {
  name: 'r2',
  label: 'R²',
  meaning:
    'Share of the spread of the true values that the forecasts explain: 1 is perfect, 0 is as good as their mean.',
  definition:
    '1 - sum of (forecast - truth)^2 / sum of (truth - mean)^2; the mean is that of the scored true values of the same series and target (coefficient of determination).',
  better: 'higher',
  unit: 'none',
  format: 'number',
  createState: () => new Explained(),
  refuses: (values) =>
    values.every(({ isConstant }) => isConstant)
      ? 'the true values of each series and target are all alike, so there is no spread to explain: choose mae instead'
      : null,
};

/** Running mean and sum of squared deviations (Welford). */
interface Spread {
  count: number;
  mean: number;
  squares: number;
}

class Explained implements MetricState {
  readonly #errors = new CompensatedSum();
  readonly #spreads = new Map<Channel, Spread>();

  add(forecast: number, actual: number, scale: number, { channel }: ScoredCell): void {
    const error = (forecast - actual) / scale;
    this.#errors.add(error * error);
    const value = actual / scale;
    const spread = this.#spreadOf(channel);
    const distance = value - spread.mean;
    spread.count += 1;
    spread.mean += distance / spread.count;
    spread.squares += distance * (value - spread.mean);
  }

  /** Chan, Golub and LeVeque 1979. */
  merge(other: MetricState): void {
    const { errors, spreads } = (other as Explained).#content();
    this.#errors.add(errors);
    for (const [channel, { count, mean, squares }] of spreads) {
      const own = this.#spreadOf(channel);
      const distance = mean - own.mean;
      const both = own.count + count;
      own.squares += squares + (distance * distance * own.count * count) / both;
      own.mean += (distance * count) / both;
      own.count = both;
    }
  }

  value(): number {
    const all = new CompensatedSum();
    for (const { squares } of this.#spreads.values()) all.add(squares);
    const spread = all.total();
    return spread === 0 ? Number.NaN : 1 - this.#errors.total() / spread;
  }

  #spreadOf(channel: Channel): Spread {
    let spread = this.#spreads.get(channel);
    if (spread === undefined) {
      spread = { count: 0, mean: 0, squares: 0 };
      this.#spreads.set(channel, spread);
    }
    return spread;
  }

  #content(): { readonly errors: number; readonly spreads: ReadonlyMap<Channel, Spread> } {
    return { errors: this.#errors.total(), spreads: this.#spreads };
  }
}
