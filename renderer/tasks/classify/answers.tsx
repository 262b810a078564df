// The most probable classes, with bars.
import type { ClassAnswers } from '../../../engine/contract/classify-result.ts';
import { formatNumber } from '../../ui/format.ts';
import css from './classify.module.css';

const MOST_SHOWN = 6;

export function Answers({ answers: { classes, probabilities } }: { readonly answers: ClassAnswers }) {
  const [p = []] = probabilities;
  const ranked = classes
    .map((name, index) => ({ name, share: p[index] ?? 0 }))
    .toSorted((a, b) => b.share - a.share)
    .slice(0, MOST_SHOWN);
  return (
    <div className={css.answers} role="status" aria-label="Answer">
      {ranked.map(({ name, share }) => (
        <div key={name} style={{ display: 'contents' }}>
          <span className={css.className} title={name}>
            {name}
          </span>
          <span>
            <span className={css.bar} style={{ display: 'block', width: `${Math.max(1, 100 * share)}%` }} />
          </span>
          <span className="num">{formatNumber(100 * share)} %</span>
        </div>
      ))}
    </div>
  );
}
