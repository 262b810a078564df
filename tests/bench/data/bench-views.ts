// Statistics and charts of a long series, as the page of a dataset asks for them.
import type { OpenEngine } from '../../../engine/hosts/engine/open-engine.ts';
import { measure } from '../report.ts';

const ROWS = 10_000_000;
const STEP_US = 1_000_000;
const POINTS = 1_000;
/** Rows of the windows that are asked for, wide and narrow ones. */
const WIDTHS = [10_000_000, 3_000_000, 1_000_000, 500_000, 250_000, 50_000];
const WINDOWS = 10;

const said = (name: string, figure: string): void => console.log(`data   ${name}: ${figure}`);

/** Expects the dataset "large" of 10,000,000 rows by 7 columns, one a second. */
export async function benchViews({ client }: OpenEngine): Promise<void> {
  const chart = (fromRow?: number, rows = 0) =>
    client.datasets.chart({
      dataset: 'large',
      columns: ['column 0'],
      points: POINTS,
      ...(fromRow === undefined ? {} : { fromUs: fromRow * STEP_US, toUs: (fromRow + rows) * STEP_US }),
    });
  const first = await measure(() => chart(), 1);
  said('first chart of 10,000,000 rows', `${(first.first / 1000).toFixed(2)} s (target 1.5)`);
  const medians: number[] = [];
  for (const rows of WIDTHS) {
    let window = 0;
    const next = () => chart(((ROWS - rows) / WINDOWS) * window++, rows);
    const { median } = await measure(next, WINDOWS);
    medians.push(median);
    said(`windows of ${rows.toLocaleString('en-US')} of them`, `${median.toFixed(1)} ms (target 3)`);
  }
  const statistics = () => client.datasets.statistics({ dataset: 'large' });
  const counted = await measure(statistics, 2);
  said(
    'statistics of 10,000,000 x 7',
    `${(counted.first / 1000).toFixed(1)} s (target 5), again ${counted.best.toFixed(1)} ms`,
  );
}
