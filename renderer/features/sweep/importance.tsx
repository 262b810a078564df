// How much each field decides whether a trial is among the best tenth.
import type { SweepView } from '../../../engine/contract/studies/sweep.ts';
import { shareCell } from '../../../engine/words/share-text.ts';
import { shortPaths } from '../../../engine/words/sweeps.ts';
import classes from './sweep.module.css';

export function Importance({ view }: { readonly view: SweepView }) {
  if (view.importance.length === 0)
    return <span className="muted">It is known when trials with different results have ended.</span>;
  const names = shortPaths(Object.keys(view.space));
  return (
    <>
      <ul className={classes.importance}>
        {view.importance.map(({ path, share }) => (
          <li key={path}>
            <span className="mono ellipsis" title={path}>
              {names.get(path)}
            </span>
            <span className={classes.share}>
              <span style={{ width: `${100 * share}%` }} />
            </span>
            <span className="num">{shareCell(share, 0)}</span>
          </li>
        ))}
      </ul>
      <p className="muted">
        By PED-ANOVA: how much the values of the best tenth differ from those of all. With few trials it is a
        hint.
      </p>
    </>
  );
}
