// Where values are missing: how many, and the longest stretch.
import { countText } from '../../count-text.ts';
import type { ColumnCheck, Span } from '../check.ts';

const MOST_SPANS = 50;

export const missing: ColumnCheck = {
  id: 'missing',
  find({ values, missing }) {
    if (missing === 0) return null;
    const runs: Span[] = [];
    let count = 0;
    for (let from = 0; from < values.length; from++) {
      if (!Number.isNaN(values[from]!)) continue;
      let to = from + 1;
      while (to < values.length && Number.isNaN(values[to]!)) to++;
      runs.push({ from, to });
      count += to - from;
      from = to;
    }
    const [longest] = runs.sort((a, b) => b.to - b.from - (a.to - a.from));
    if (longest === undefined || count === values.length) return null;
    const share = (100 * count) / values.length;
    const percent = share < 0.1 ? 'less than 0.1' : share.toFixed(1);
    const where =
      runs.length === 1
        ? ''
        : ` in ${countText(runs.length)} places, ${countText(longest.to - longest.from)} in a row at most`;
    return {
      spans: runs.slice(0, MOST_SPANS),
      count,
      words: `lacks ${countText(count)} of ${countText(values.length)} values (${percent} %)${where}`,
      // Filling estimates: that is a step of an experiment.
      remedy: null,
    };
  },
};
