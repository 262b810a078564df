// The forecasts of a run as `hindcast forecast RUN --part test` writes them: those of the model and of each baseline.
import type { M4Forecasts } from './scores.ts';

const BASELINE = 'baseline/';

/** `forecast` first, then each baseline by its name. Cells have no commas: series are called H1, H2 and so on. */
export function readForecasts(csv: string): ReadonlyMap<string, M4Forecasts> {
  const [header = '', ...lines] = csv.trim().split(/\r?\n/);
  const names = header.split(',');
  const rows = lines.map((line) => line.split(','));
  const [series, step] = [names.indexOf('series'), names.indexOf('step')];
  const methods = names.flatMap((name, column) =>
    name === 'forecast' || name.startsWith(BASELINE) ? [{ name: name.replace(BASELINE, ''), column }] : [],
  );
  return new Map(
    methods.map(({ name, column }) => {
      const bySeries = new Map<string, number[]>();
      for (const row of rows) {
        const own = bySeries.get(row[series]!) ?? [];
        bySeries.set(row[series]!, own);
        own[Number(row[step]) - 1] = Number(row[column]);
      }
      return [name, bySeries];
    }),
  );
}
