// A run in one line of figures: state, progress, time, losses.

import type { ReactNode } from 'react';
import type { RunDetail } from '../../../engine/contract/runs/run.ts';
import { trainerText } from '../../../engine/words/pool.ts';
import { metricInSentence } from '../../../engine/words/scores/metric-info.ts';
import { lossUnit } from '../../../engine/words/tasks/loss-unit.ts';
import { secondsTrained } from '../../../engine/words/time-trained.ts';
import { hrefOf } from '../../app/router.ts';
import { useCatalogue } from '../../engine/use-catalogue.ts';
import { formatCount, formatDuration, formatNumber } from '../../ui/format.ts';
import { fractionOf, ProgressBar, StateBadge } from '../../ui/run-state.tsx';
import { ScoreValue } from '../../ui/score-value.tsx';
import classes from './run-page.module.css';

export function RunStatus({ run }: { readonly run: RunDetail }) {
  const catalogue = useCatalogue();
  const metric = run.testMetric ?? run.configuration.task.metrics[0] ?? null;
  const time = timeFigure(run);
  const trainer = trainerText(run);
  const unit = lossUnit(run.configuration.task);
  const hint = unit === null ? undefined : `in ${unit}`;
  if (run.state === 'damaged') {
    return (
      <div className={classes.status}>
        <Figure name="State">
          <StateBadge run={run} />
        </Figure>
        <Figure name="Data">{run.datasetName}</Figure>
      </div>
    );
  }
  return (
    <>
      <div className={classes.status}>
        <Figure name="State">
          <StateBadge run={run} />
        </Figure>
        <Figure name="Epoch" extra={`of ${formatCount(run.totalEpochs)}`}>
          {formatCount(run.epoch)}
        </Figure>
        <Figure isMinor name="Step" extra={run.totalSteps ? `of ${formatCount(run.totalSteps)}` : ''}>
          {formatCount(run.step)}
        </Figure>
        <Figure name={time.name}>{formatDuration(time.seconds)}</Figure>
        <Figure isMinor name="Training loss" hint={hint}>
          {formatNumber(run.lastTrainLoss)}
        </Figure>
        <Figure isMinor name="Validation loss" hint={hint}>
          {formatNumber(run.lastValidationLoss)}
        </Figure>
        <Figure
          name="Best validation"
          hint={hint}
          // Once for the three losses beside each other: there is no room for more.
          unit={run.bestValidationLoss === null ? null : unit}
          extra={run.bestEpoch ? `epoch ${run.bestEpoch}` : ''}
        >
          {formatNumber(run.bestValidationLoss)}
        </Figure>
        <Figure name={`Test ${metric ? metricInSentence(catalogue, metric) : 'score'}`}>
          <ScoreValue metric={metric} value={run.testScore} />
        </Figure>
        {trainer !== null && (
          <Figure name="Worker">
            <a href={hrefOf(['settings'])}>{trainer}</a>
          </Figure>
        )}
        <Figure name="Data">
          <a href={hrefOf(['data', run.datasetName])}>{run.datasetName}</a>
        </Figure>
        <Figure
          name="Model"
          extra={run.parameterCount ? `${formatCount(run.parameterCount)} parameters` : ''}
        >
          {run.modelKind}
        </Figure>
      </div>
      <div className={classes.progressLine}>
        <ProgressBar
          fraction={run.state === 'completed' ? 1 : fractionOf(run)}
          quiet={!isTraining(run)}
          label="Progress of the run"
        />
      </div>
    </>
  );
}

const isTraining = ({ state }: Pick<RunDetail, 'state'>): boolean =>
  state === 'running' || state === 'paused';

/** What is left of a run that trains; of every other the time that it has trained. */
export function timeFigure(run: Pick<RunDetail, 'state' | 'secondsLeft' | 'trainedMs'>) {
  return isTraining(run)
    ? { name: 'Time left', seconds: run.secondsLeft }
    : { name: 'Duration', seconds: secondsTrained(run) };
}

interface FigureProps {
  readonly name: string;
  readonly extra?: string;
  /** A narrow window leaves it out. */
  readonly unit?: string | null;
  readonly hint?: string | undefined;
  /** A narrow window leaves it out: another place has it too. */
  readonly isMinor?: boolean;
  readonly children: ReactNode;
}

function Figure({ name, extra, unit, hint, isMinor = false, children }: FigureProps) {
  return (
    <div className={`${classes.figure} ${isMinor ? classes.minor : ''}`} title={hint}>
      <span className={classes.figureName}>{name}</span>
      <span className={classes.figureValue}>
        {children} {unit && <span className={`${classes.figureExtra} ${classes.minor}`}>{unit}, </span>}
        {extra && <span className={classes.figureExtra}>{extra}</span>}
      </span>
    </div>
  );
}
