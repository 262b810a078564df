// Windows whose targets are all known, evenly spaced: equal weights in a mean.
import type { Part, PreparedForecast } from './prepared.ts';

type Windowed = Pick<PreparedForecast, 'windows' | 'series' | 'horizon'>;

/** Indices in the part, at most that number; empty where there is none. */
export function completeWindows({ windows, series, horizon }: Windowed, part: Part, most: number): number[] {
  const set = windows[part];
  const isComplete = (window: number): boolean => {
    const origin = set.origin[window]!;
    return series[set.series[window]!]!.actuals.every((values) => {
      for (let row = origin + 1; row <= origin + horizon; row++) if (Number.isNaN(values[row]!)) return false;
      return true;
    });
  };
  const complete = Array.from({ length: set.count }, (_, window) => window).filter(isComplete);
  return spacedIndices(complete.length, most).map((index) => complete[index]!);
}

/** Indices below `count`, evenly spaced from the first to the last; `most` of them at most. */
export function spacedIndices(count: number, most: number): number[] {
  const chosen = Math.min(count, most);
  return Array.from({ length: chosen }, (_, index) =>
    chosen === 1 ? 0 : Math.round((index * (count - 1)) / (chosen - 1)),
  );
}
