// `hindcast show RUN --by-origin`: when the forecasts were bad, and whether the baselines were bad then too.
import { ForecastFrame } from '../../../contract/results/forecast.ts';
import {
  type OriginErrors,
  originErrors,
  subjectsOf,
} from '../../../tasks/forecast/exports/origin-errors-csv.ts';
import { isoTime } from '../../../words/iso-time.ts';
import type { EngineClient, Outcome } from '../context.ts';
import { counted, formatCount, formatScore } from '../text/format.ts';
import { renderTable, type TableStyle } from '../text/table.ts';
import type { ErrorView } from './show-errors.ts';

/** The worst origins first. */
export async function showByOrigin(
  client: EngineClient,
  { run, part, top }: ErrorView,
  style: TableStyle,
): Promise<Outcome> {
  const { configuration } = await client.runs.get({ run });
  const isScaled = configuration.evaluation.scale === 'standardized';
  const frame = await ForecastFrame.fromAnswer(await client.runs.forecast({ run, part }));
  const subjects = subjectsOf(frame);
  const origins = originErrors(frame, isScaled).filter(({ count }) => count > 0);
  const worst = origins.toSorted((a, b) => b.means[0]! - a.means[0]!);
  const best = bestBaseline(origins);
  const columns = [
    { header: 'ORIGIN' },
    { header: 'SERIES', cut: true },
    { header: 'MODEL', right: true },
    ...(best === null ? [] : [{ header: subjects[best]!, right: true }]),
  ];
  const rows = worst
    .slice(0, top)
    .map(({ origin, series, means }) => [
      isoTime(origin),
      series,
      formatScore(means[0]!),
      ...(best === null ? [] : [formatScore(means[best]!)]),
    ]);
  const unit = isScaled ? 'in standard deviations of the training part' : 'in the unit of the data';
  const head = `Mean absolute error by origin, ${part} part, ${counted(origins.length, 'origin')}, ${unit}; the worst first.`;
  const more =
    worst.length > top
      ? `\n… ${formatCount(worst.length - top)} more origins: --top ${worst.length} shows all.`
      : '';
  const words = best === null ? '' : `\n\n${aheadSentence(origins, best, subjects[best]!)}`;
  const json = {
    run,
    part,
    unit: isScaled ? 'standardized' : 'original',
    subjects,
    origins: origins.map(({ origin, ...one }) => ({ ...one, origin: isoTime(origin) })),
  };
  return { json, text: `${head}\n\n${renderTable(columns, rows, style)}${more}${words}` };
}

/** Index of the one with the least mean error over all origins; null without baselines. */
function bestBaseline(origins: readonly OriginErrors[]): number | null {
  const totals = (origins[0]?.means ?? []).map((_, index) =>
    origins.reduce((sum, { means, count }) => sum + means[index]! * count, 0),
  );
  const others = totals.slice(1);
  return others.length === 0 ? null : 1 + others.indexOf(Math.min(...others));
}

function aheadSentence(origins: readonly OriginErrors[], best: number, name: string): string {
  const ahead = origins.filter(({ means }) => means[0]! < means[best]!).length;
  return `The model is better than ${name}, the best baseline here, at ${formatCount(ahead)} of ${counted(origins.length, 'origin')}.`;
}
