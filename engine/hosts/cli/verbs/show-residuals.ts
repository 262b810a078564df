// `hindcast show RUN --residuals`: what the errors 1 step ahead look like.
import type { Residuals } from '../../../contract/results/residuals.ts';
import type { EngineClient, Outcome } from '../context.ts';
import { formatCount, formatScore } from '../text/format.ts';
import { renderFacts } from '../text/table.ts';
import type { ErrorView } from './show-errors.ts';

export async function showResiduals(client: EngineClient, { run, part }: ErrorView): Promise<Outcome> {
  const residuals = await client.runs.residuals({ run, part });
  return { json: residuals, text: residualsText(residuals) };
}

function residualsText(residuals: Residuals): string {
  const { target, series, count, mean, deviation, autocorrelation, byHour, byWeekday, copies, words } =
    residuals;
  const facts: [string, string][] = [
    ['Errors', `${formatCount(count)} of ${target}, series ${series}, 1 step ahead, ${residuals.part} part`],
    ['Mean', formatScore(mean)],
    ['Deviation', formatScore(deviation)],
    ...(autocorrelation
      ? ([['Autocorrelation', `${formatScore(autocorrelation.values[0] ?? Number.NaN)} at lag 1`]] as [
          string,
          string,
        ][])
      : []),
    ...worst('Worst hour', byHour, (hour) => `${hour}:00 UTC`),
    ...worst('Worst weekday', byWeekday, (day) => WEEKDAYS[day] ?? ''),
  ];
  return [renderFacts(facts), copies.words, words].join('\n\n');
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

function worst(
  title: string,
  groups: Residuals['byHour'],
  name: (index: number) => string,
): [string, string][] {
  const sizes = groups.map(({ size }) => (Number.isFinite(size) ? size : -1));
  const most = Math.max(...sizes);
  return groups.length === 0 ? [] : [[title, `${name(sizes.indexOf(most))}, mean size ${formatScore(most)}`]];
}
