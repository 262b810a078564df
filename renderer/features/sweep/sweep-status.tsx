// How far a sweep is, in one line of figures.
import type { ReactNode } from 'react';
import type { StudySummary } from '../../../engine/contract/studies/study.ts';
import type { SweepView } from '../../../engine/contract/studies/sweep.ts';
import { hrefOf } from '../../app/router.ts';
import { formatDuration, formatNumber } from '../../ui/format.ts';
import { ProgressBar } from '../../ui/run-state.tsx';
import classes from './sweep.module.css';

export function SweepStatus({ study, view }: { readonly study: StudySummary; readonly view: SweepView }) {
  const { budget, best, trials, secondsLeft } = view;
  const found = trials.find(({ trial }) => trial === best);
  const held = trials.filter(({ state }) => state === 'held').length;
  const fraction = Math.max(
    ...[budget.runs, budget.epochs, budget.minutes].map(({ used, most }) =>
      most === null ? 0 : used / most,
    ),
  );
  return (
    <div>
      <div className={classes.status}>
        <Figure name="State">{study.open ? 'open' : 'ended'}</Figure>
        <Figure name="Trials">{usedText(budget.runs)}</Figure>
        <Figure name="Epochs">{usedText(budget.epochs)}</Figure>
        <Figure name="Minutes">{usedText(budget.minutes)}</Figure>
        <Figure name="Time left">{study.open ? formatDuration(secondsLeft) : '–'}</Figure>
        {held > 0 && <Figure name="Held">{String(held)}</Figure>}
        <Figure name={`Best validation ${view.objective}`}>
          {found ? (
            <>
              {formatNumber(found.result)}{' '}
              {found.run !== null && <a href={hrefOf(['runs', found.run])}>trial {found.trial}</a>}
            </>
          ) : (
            '–'
          )}
        </Figure>
        <Figure name="Method">
          {view.stopper === 'none' ? view.method : `${view.method}, ${view.stopper}`}
        </Figure>
      </div>
      <ProgressBar
        fraction={Math.min(1, fraction)}
        quiet={!study.open}
        label="Share of the budget that is used"
      />
    </div>
  );
}

const usedText = ({ used, most }: SweepView['budget']['runs']): string => {
  const rounded = String(Number(used.toFixed(1)));
  return most === null ? rounded : `${rounded} of ${most}`;
};

function Figure({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={classes.figure}>
      <div className={classes.figureName}>{name}</div>
      <div className={classes.figureValue}>{children}</div>
    </div>
  );
}
