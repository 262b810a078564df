// A run in one line of figures: state, progress, time, losses.

import type { ReactNode } from 'react';
import type { RunDetail } from '../../../engine/contract/run.ts';
import { metricInfo } from '../../../engine/words/scores/metric-info.ts';
import { hrefOf } from '../../app/router.ts';
import { useCatalogue } from '../../engine/use-catalogue.ts';
import { formatCount, formatDuration, formatNumber } from '../../ui/format.ts';
import { fractionOf, ProgressBar, StateBadge } from '../../ui/run-state.tsx';
import { ScoreValue } from '../../ui/score-value.tsx';
import classes from './run-page.module.css';

export function RunStatus({ run }: { readonly run: RunDetail }) {
  const catalogue = useCatalogue();
  const metric = run.testMetric ?? run.configuration.task.metrics[0] ?? null;
  const active = run.state === 'running' || run.state === 'paused';
  return (
    <>
      <div className={classes.status}>
        <Figure name="State">
          <StateBadge run={run} />
        </Figure>
        <Figure name="Epoch" extra={`of ${formatCount(run.totalEpochs)}`}>
          {formatCount(run.epoch)}
        </Figure>
        <Figure name="Step" extra={run.totalSteps ? `of ${formatCount(run.totalSteps)}` : ''}>
          {formatCount(run.step)}
        </Figure>
        <Figure name={active ? 'Time left' : 'Duration'}>
          {active ? formatDuration(run.secondsLeft) : duration(run)}
        </Figure>
        <Figure name="Training loss">{formatNumber(run.lastTrainLoss)}</Figure>
        <Figure name="Validation loss">{formatNumber(run.lastValidationLoss)}</Figure>
        <Figure name="Best validation" extra={run.bestEpoch ? `epoch ${run.bestEpoch}` : ''}>
          {formatNumber(run.bestValidationLoss)}
        </Figure>
        <Figure name={`Test ${metric ? metricInfo(catalogue, metric).label : 'score'}`}>
          <ScoreValue metric={metric} value={run.testScore} />
        </Figure>
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
          quiet={!active}
          label="Progress of the run"
        />
      </div>
    </>
  );
}

function duration({ startedAtMs, endedAtMs }: RunDetail): string {
  return startedAtMs === null || endedAtMs === null ? '–' : formatDuration((endedAtMs - startedAtMs) / 1000);
}

function Figure({ name, extra, children }: { name: string; extra?: string; children: ReactNode }) {
  return (
    <div className={classes.figure}>
      <span className={classes.figureName}>{name}</span>
      <span className={classes.figureValue}>
        {children} {extra && <span className={classes.figureExtra}>{extra}</span>}
      </span>
    </div>
  );
}
