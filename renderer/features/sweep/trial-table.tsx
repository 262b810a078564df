// The trials of a sweep in a table, best first; repeats with other seeds stand below their trial.
import type { SweepTrial, SweepView } from '../../../engine/contract/studies/sweep.ts';
import { shortPaths } from '../../../engine/words/sweeps.ts';
import { hrefOf } from '../../app/router.ts';
import { formatNumber } from '../../ui/format.ts';
import { TableScroll } from '../../ui/page.tsx';
import { StateMark } from '../../ui/run-state.tsx';
import classes from './sweep.module.css';
import { valueText } from './sweep-axes.ts';

interface TrialTableProps {
  readonly view: SweepView;
  /** The trials that the filters leave, best first. */
  readonly trials: readonly SweepTrial[];
  readonly onPoint: (trial: number | null) => void;
}

export function TrialTable({ view, trials, onPoint }: TrialTableProps) {
  const paths = Object.keys(view.space);
  const names = shortPaths(paths);
  const rows = trials.flatMap((trial) => [
    trial,
    ...view.trials.filter(({ repeats }) => repeats === trial.trial),
  ]);
  if (rows.length === 0)
    return <span className="muted">No trial is within the ranges that are chosen above.</span>;
  return (
    <TableScroll label="Trials">
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">Trial</th>
            <th scope="col">State</th>
            <th scope="col" className="num">
              Epochs
            </th>
            <th scope="col" className="num">
              Validation {view.objective}
            </th>
            {paths.map((path) => (
              <th key={path} scope="col" className="num" title={path}>
                {names.get(path)}
              </th>
            ))}
            <th scope="col">Design</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={row.trial}
              className={row.trial === view.best ? classes.bestRow : undefined}
              onPointerEnter={() => onPoint(row.repeats ?? row.trial)}
              onPointerLeave={() => onPoint(null)}
              onFocus={() => onPoint(row.repeats ?? row.trial)}
              onBlur={() => onPoint(null)}
            >
              <th scope="row" className={row.repeats === null ? undefined : classes.repeat}>
                <TrialName trial={row} isBest={row.trial === view.best} />
              </th>
              <td>{row.state === null ? 'deleted' : <StateMark state={row.state} text={row.state} />}</td>
              <td className="num">
                {row.epoch} of {row.totalEpochs}
              </td>
              <td className="num">{formatNumber(row.result)}</td>
              {paths.map((path) => (
                <td key={path} className="num">
                  {valueText(row.values[path])}
                </td>
              ))}
              <td>
                {row.run !== null && (
                  <a
                    href={hrefOf(['design'], { run: String(row.run) })}
                    aria-label={`Design from trial ${row.trial}`}
                  >
                    Design
                  </a>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}

function TrialName({ trial, isBest }: { readonly trial: SweepTrial; readonly isBest: boolean }) {
  const text =
    trial.repeats === null ? `Trial ${trial.trial}${isBest ? ', best' : ''}` : `again, seed ${trial.seed}`;
  return trial.run === null ? text : <a href={hrefOf(['runs', trial.run])}>{text}</a>;
}
