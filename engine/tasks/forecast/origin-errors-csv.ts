// Errors by origin as a table: when a forecast was bad, and whether the baselines were bad then too.
import type { ForecastFrame } from '../../contract/forecast.ts';
import { field, number } from '../../export/csv-text.ts';
import { isoTime } from '../../words/iso-time.ts';
import { whyUnscored } from './forecast-csv.ts';

/**
 * Lines of `part,series,origin,subject,meanAbsoluteError,count`, for each origin of each series and each subject, over all steps and targets
 * that are scored; standardized where the scores are.
 */
export function originErrorsCsv(frame: ForecastFrame, isScaled: boolean): string[] {
  const { header, columns } = frame;
  const subjects = ['model', ...header.baselines];
  const forecasts = [columns.forecast, ...columns.baseline];
  const scales = new Map(
    header.training.map(({ series, target, deviation }) => [JSON.stringify([series, target]), deviation]),
  );
  const scaleOf = (row: number): number => {
    if (!isScaled) return 1;
    const names = [header.series[columns.series[row]!], header.targets[columns.target[row]!]];
    return scales.get(JSON.stringify(names)) ?? 1;
  };
  const lines: string[] = [];
  const rows = columns.step.length;
  for (let from = 0; from < rows; ) {
    let to = from + 1;
    while (to < rows && !(columns.step[to] === 1 && columns.target[to] === 0)) to += 1;
    const scored = Array.from({ length: to - from }, (_, at) => from + at).filter(
      (row) => whyUnscored(frame, row) === null,
    );
    const start = [
      header.part,
      field(header.series[columns.series[from]!] ?? ''),
      isoTime(columns.origin[from]!),
    ];
    subjects.forEach((subject, index) => {
      const sum = scored.reduce(
        (all, row) => all + Math.abs(forecasts[index]![row]! - columns.actual[row]!) / scaleOf(row),
        0,
      );
      lines.push([...start, field(subject), number(sum / scored.length), scored.length].join(','));
    });
    from = to;
  }
  return ['part,series,origin,subject,meanAbsoluteError,count', ...lines];
}
