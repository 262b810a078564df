// Static features: columns that say what a series is. They are scaled over all series, and no step levels them window by window.
import type { ForecastTask } from '../../../contract/tasks/forecast.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { didYouMean, nameList } from '../../../data/pipeline/did-you-mean.ts';

type Asked = Pick<ForecastTask, 'staticFeatures' | 'knownAhead' | 'targets'>;

/** @throws HindcastError `invalid-input` for columns that cannot be static */
export function requireStatic(
  { staticFeatures = [], knownAhead = [], targets }: Asked,
  features: readonly string[],
): void {
  for (const column of staticFeatures) {
    const fault = targets.includes(column)
      ? ', which is forecast: what is forecast changes'
      : knownAhead.includes(column)
        ? ', which task.knownAhead names too: what does not change is known ahead anyway; leave it out there'
        : features.includes(column)
          ? null
          : `${didYouMean(column, features)}, which is none of task.features: ${nameList(features)}; add it there, or leave it out`;
    if (fault === null) continue;
    const details = { field: 'task.staticFeatures', column };
    throw new HindcastError('invalid-input', `task.staticFeatures names "${column}"${fault}.`, { details });
  }
}
