// Errors by origin as a table: when a forecast was bad, and whether the baselines were bad then too.
import type { ForecastFrame } from '../../../contract/results/forecast.ts';
import { field, number } from '../../../export/csv-text.ts';
import { isoTime } from '../../../words/iso-time.ts';
import { whyUnscored } from './forecast-csv.ts';

/** Of one origin of one series, over all steps and targets that are scored; standardized where the scores are. */
export interface OriginErrors {
  readonly series: string;
  /** Microseconds UTC. */
  readonly origin: bigint;
  /** By subject, the model first: mean size of the errors; NaN where nothing is scored. */
  readonly means: readonly number[];
  /** Cells that are scored. */
  readonly count: number;
}

export const subjectsOf = ({ header }: ForecastFrame): string[] => ['model', ...header.baselines];

/** In the order of the frame. */
export function originErrors(frame: ForecastFrame, isScaled: boolean): OriginErrors[] {
  const { header, columns } = frame;
  const forecasts = [columns.forecast, ...columns.baseline];
  const scales = new Map(
    header.training.map(({ series, target, deviation }) => [JSON.stringify([series, target]), deviation]),
  );
  const scaleOf = (row: number): number => {
    if (!isScaled) return 1;
    const names = [header.series[columns.series[row]!], header.targets[columns.target[row]!]];
    return scales.get(JSON.stringify(names)) ?? 1;
  };
  const found: OriginErrors[] = [];
  const rows = columns.step.length;
  for (let from = 0; from < rows; ) {
    let to = from + 1;
    while (to < rows && !(columns.step[to] === 1 && columns.target[to] === 0)) to += 1;
    const scored = Array.from({ length: to - from }, (_, at) => from + at).filter(
      (row) => whyUnscored(frame, row) === null && !Number.isNaN(columns.actual[row]),
    );
    const meanOf = (values: Float64Array): number =>
      scored.reduce((all, row) => all + Math.abs(values[row]! - columns.actual[row]!) / scaleOf(row), 0) /
      scored.length;
    found.push({
      series: header.series[columns.series[from]!] ?? '',
      origin: columns.origin[from]!,
      means: forecasts.map(meanOf),
      count: scored.length,
    });
    from = to;
  }
  return found;
}

/** Lines of `part,series,origin,subject,meanAbsoluteError,count`, for each origin of each series and each subject. */
export function originErrorsCsv(frame: ForecastFrame, isScaled: boolean): string[] {
  const subjects = subjectsOf(frame);
  const lines = originErrors(frame, isScaled).flatMap(({ series, origin, means, count }) => {
    const start = [frame.header.part, field(series), isoTime(origin)];
    return subjects.map((subject, index) =>
      [...start, field(subject), number(means[index]!), count].join(','),
    );
  });
  return ['part,series,origin,subject,meanAbsoluteError,count', ...lines];
}
