// The score of the M4 competition. Both errors are added up for the forecast and for Naive2 over the same cells, so that it can be given
// by step and by series as well.
import { noSeasonalError } from '../channel.ts';
import { CompensatedSum } from './compensated-sum.ts';
import type { Metric, MetricState, ScoredCell } from './metric.ts';
import { symmetricShare } from './smape.ts';

export const owa: Metric = {
  name: 'owa',
  label: 'OWA',
  meaning:
    'Overall weighted average: errors as a share of those of Naive2, so 1 is as good as the last value with its season.',
  definition:
    'Mean of sMAPE / sMAPE of Naive2 and MASE / MASE of Naive2 over the same cells; Naive2: the last known value, the season of the training part taken out before and put back where it is significant (Makridakis and others 2020, the M4 competition).',
  better: 'lower',
  unit: 'none',
  format: 'number',
  createState: () => new OwaState(),
  leavesOut: noSeasonalError,
  scaleOf: (channel) => channel.seasonalError().mean,
};

/** Sums of: shares and scaled errors of the forecast, then those of Naive2. */
class OwaState implements MetricState {
  readonly #sums = Array.from({ length: 4 }, () => new CompensatedSum());

  add(forecast: number, actual: number, _scale: number, cell: ScoredCell): void {
    const naive2 = cell.naive2();
    if (Number.isNaN(naive2)) return;
    const { mean } = cell.channel.seasonalError();
    this.#addAll([
      symmetricShare(forecast, actual),
      Math.abs(forecast - actual) / mean,
      symmetricShare(naive2, actual),
      Math.abs(naive2 - actual) / mean,
    ]);
  }

  merge(other: MetricState): void {
    // States of one metric are of one class.
    this.#addAll((other as OwaState).#totals());
  }

  value(): number {
    const [share, scaled, shareOfNaive2, scaledOfNaive2] = this.#totals();
    return (share! / shareOfNaive2! + scaled! / scaledOfNaive2!) / 2;
  }

  #addAll(terms: readonly number[]): void {
    terms.forEach((term, index) => {
      this.#sums[index]!.add(term);
    });
  }

  #totals(): number[] {
    return this.#sums.map((sum) => sum.total());
  }
}
