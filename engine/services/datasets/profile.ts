// datasets.profile: what the explorer says of a series as one HTML file. Its answers are cached with the version, as for the screen.
import type { AnalysisName, Exploration } from '../../contract/datasets/explore.ts';
import { ChartFrame } from '../../contract/datasets/frames.ts';
import { profileReport } from '../../export/profile/profile.ts';
import type { Workspace } from '../../store/workspace.ts';
import type { DatasetViews, SeriesChoice } from './views.ts';

/** More columns make a file that nobody reads. */
const MOST_COLUMNS = 12;
const POINTS = 600;
const OF_NUMBERS: readonly AnalysisName[] = [
  'stationarity',
  'decomposition',
  'correlogram',
  'profiles',
  'correlation',
];

interface ProfileContext {
  readonly workspace: Workspace;
  readonly views: DatasetViews;
}

/** @throws HindcastError `not-found`, and `cancelled` by the signal */
export async function profileOf(
  { workspace, views }: ProfileContext,
  choice: SeriesChoice,
  signal: AbortSignal | undefined,
): Promise<Blob> {
  const statistics = await views.statistics(choice, signal);
  const dataset = workspace.datasets.detail(choice.dataset, choice.version);
  const series = dataset.seriesInfo.find(({ name }) => name === choice.series) ?? dataset.seriesInfo[0]!;
  const namesOf = (wanted: string) =>
    series.columns.filter(({ kind }) => kind === wanted).map(({ name }) => name);
  const columns = namesOf('numeric').slice(0, MOST_COLUMNS);
  let exploration: Partial<Exploration> = {};
  for (const analysis of OF_NUMBERS) {
    const answer = await views.explore({ ...choice, columns, analysis, options: {} }, signal);
    exploration = { ...exploration, ...answer };
  }
  const words = namesOf('category').slice(0, MOST_COLUMNS);
  if (words.length > 0) {
    const asked = { ...choice, columns: words, analysis: 'categories', options: {} } as const;
    exploration = { ...exploration, ...(await views.explore(asked, signal)) };
  }
  const chart =
    columns.length === 0
      ? null
      : await ChartFrame.fromAnswer(await views.chart({ ...choice, columns, points: POINTS }, signal));
  const html = profileReport({ dataset, series, statistics, exploration, chart });
  return new Blob([html], { type: 'text/html' });
}
