// The curves of a sweep: the best result so far by trial, and each trial's best so far by epoch, with the rungs.
import type { SweepTrial, SweepView } from '../../../engine/contract/studies/sweep.ts';
import type { Line } from '../../charts/draw.ts';
import { LinePlot } from '../../charts/line-plot.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { bestSoFar } from './sweep-axes.ts';

const HEIGHT = 220;

export function BestSoFar({ view }: { readonly view: SweepView }) {
  const { x, each, line } = bestSoFar(view);
  const lines: Line[] = [
    {
      id: 'each',
      label: 'each trial',
      color: '--hc-series-10',
      x,
      y: each,
      dots: true,
      width: 0.5,
      dash: [1, 5],
    },
    { id: 'best', label: 'best so far', color: '--hc-series-1', x, y: line, width: 2 },
  ];
  return (
    <LinePlot
      title={`Best validation ${view.objective} so far`}
      lines={lines}
      height={HEIGHT}
      xKind="count"
      xLabel="trial"
      formatX={formatCount}
      formatY={formatNumber}
      yScale={scaleOf([each])}
      empty="The first result comes when a trial has ended or is held."
    />
  );
}

/** More lines than this cannot be told apart. */
const MOST_LINES = 100;

interface RungCurvesProps {
  readonly view: SweepView;
  /** The trials that the filters leave, best first. */
  readonly trials: readonly SweepTrial[];
  readonly pointed: number | null;
}

export function RungCurves({ view, trials, pointed }: RungCurvesProps) {
  const shown = trials.filter(({ curve }) => curve.length > 0).slice(0, MOST_LINES);
  const lines = shown.toReversed().map((trial): Line => {
    const isMarked = trial.trial === pointed || (pointed === null && trial.trial === view.best);
    return {
      id: String(trial.trial),
      label: `trial ${trial.trial}`,
      color: trial.trial === pointed ? '--hc-series-2' : isMarked ? '--hc-series-1' : '--hc-line-strong',
      x: trial.curve.filter((_, at) => at % 2 === 0),
      y: trial.curve.filter((_, at) => at % 2 === 1),
      width: isMarked ? 2.25 : 1,
      silent: !isMarked,
    };
  });
  return (
    <LinePlot
      title="Best so far of each trial, by epoch"
      lines={lines}
      height={HEIGHT}
      xKind="count"
      xLabel="epoch"
      formatX={formatCount}
      formatY={formatNumber}
      yScale={scaleOf(shown.map(({ curve }) => curve.filter((_, at) => at % 2 === 1)))}
      markers={view.rungs.map((at) => ({ at, label: `rung ${at}` }))}
      empty="Curves come with the first epochs."
    />
  );
}

/** Losses fall fast at first: their logarithms show what comes later. */
const scaleOf = (values: readonly (readonly number[])[]): 'linear' | 'log' =>
  values.every((list) => list.every((value) => value > 0)) && values.some((list) => list.length > 0)
    ? 'log'
    : 'linear';
