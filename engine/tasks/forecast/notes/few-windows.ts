// The warning that gaps in time leave a part with few windows: how many it has beside how many its rows would give without gaps, and
// what to change.
import type { ForecastTask } from '../../../contract/tasks/forecast.ts';
import { countText, rowsText } from '../../../data/count-text.ts';
import type { Part, WindowSet } from '../../../data/prepared.ts';
import type { Series } from '../../../data/series.ts';
import { crossedGap, findGaps, type GriddedSeries } from '../../../data/time-grid.ts';
import { PARTS } from '../preparation/requirements.ts';

/** Share of the windows that gaps must cost a part before it is said. */
const COSTLY = 0.5;

export interface WindowedSeries {
  readonly task: ForecastTask;
  /** As imported. */
  readonly series: readonly Series[];
  readonly gridded: readonly GriddedSeries[];
  readonly windows: Readonly<Record<Part, WindowSet>>;
}

/** Null where gaps cost no part half of its windows. */
export function fewWindowsNote(given: WindowedSeries): string | null {
  const { task, gridded } = given;
  if (gridded.every(({ gapLength }) => gapLength === null)) return null;
  const counts = PARTS.map((part) => ({ part, ...countWindows(given, part) }));
  if (!counts.some(({ windows, lost }) => lost > COSTLY * (windows + lost))) return null;
  const [first, ...rest] = counts.map(
    ({ part, windows, lost }) => `${PART_WORDS[part]} ${countText(windows)} of ${countText(windows + lost)}`,
  );
  const crossed = crossedGap(task);
  const rule =
    crossed === 0 ? 'no window crosses a gap' : `no window crosses a gap longer than ${rowsText(crossed)}`;
  return `Gaps in time leave few windows of those that the rows would give: ${[first, ...rest].join(', ')}, because ${rule}. ${remedy(given)}`;
}

const PART_WORDS = { train: 'training', validation: 'validation', test: 'test' } as const;

/** `lost`: windows whose origin is a row of the data, but that a gap keeps out. */
function countWindows({ windows }: WindowedSeries, part: Part) {
  const { count, leftOut } = windows[part];
  let lost = 0;
  for (const { windows: inStretch, reason } of leftOut) {
    if (reason.startsWith(CROSSING)) lost += inStretch;
  }
  return { windows: count, lost };
}

/** How the reason of such a window begins. */
export const CROSSING = 'a gap of more than ';

/** Rows that most gaps do not exceed, so that crossing them brings most of the windows back. */
const MOST_GAPS = 0.9;

function remedy({ task, series }: WindowedSeries): string {
  const lengths = series.flatMap(({ times }) => findGaps(times).gaps.map(({ missing }) => missing));
  const sorted = lengths.toSorted((a, b) => a - b);
  const most = sorted[Math.min(sorted.length - 1, Math.floor(MOST_GAPS * sorted.length))] ?? 1;
  const crossed = crossedGap(task);
  const cross = Math.max(most, crossed + 1);
  return `Set task.crossGaps to ${countText(cross)} so that windows cross most gaps, with the step fill in the pipeline for the missing rows; or choose a smaller task.lookback.`;
}
