// Live curves of losses, learning rate and gradient norms: by step or epoch, linear or logarithmic, smoothed or raw.
import { SegmentedControl, Slider } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CurvesFrame } from '../../../engine/contract/datasets/frames.ts';
import { lossUnit } from '../../../engine/words/tasks/loss-unit.ts';
import { usePreference } from '../../app/preferences.ts';
import { CursorGroup } from '../../charts/cursor-group.tsx';
import { LinePlot } from '../../charts/line-plot.tsx';
import type { Domain } from '../../charts/scales.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { clippedQuery, curvesQuery } from '../../engine/queries.ts';
import type { RunTabProps } from '../../tasks/run-tab.ts';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { Panel, Scroll } from '../../ui/page.tsx';
import { clipLine, clipWords, linesOf, onEpochs, type StepAxis, stepsPerEpoch } from './curve-lines.ts';
import { ParameterNorms } from './parameter-norms.tsx';
import classes from './run-page.module.css';

/** Requested points: more than any chart here has pixels, so its width need not be known. */
const POINTS = 900;

const SCALES = [
  { value: 'linear', label: 'Linear' },
  { value: 'log', label: 'Log' },
];
const AXES = [
  { value: 'step', label: 'Steps' },
  { value: 'epoch', label: 'Epochs' },
];

export function CurvesTab({ run }: RunTabProps) {
  const engine = useEngine();
  const [scale, setScale] = usePreference('curveScale');
  const [axis, setAxis] = usePreference('curveX');
  const [smoothing, setSmoothing] = usePreference('smoothing');
  const [range, setRange] = useState<Domain | null>(null);
  const perEpoch = stepsPerEpoch(run);
  const inSteps = range && axis === 'epoch' && perEpoch ? range.map((epoch) => epoch * perEpoch) : range;
  const steps = useQuery(
    curvesQuery(engine, {
      run: run.id,
      scope: 'step',
      names: ['loss', 'gradientNorm', 'learningRate'],
      points: POINTS,
      smoothing,
      ...(inSteps
        ? { from: Math.max(0, Math.floor(inSteps[0] ?? 0)), to: Math.max(1, Math.ceil(inSteps[1] ?? 1)) }
        : {}),
    }),
  );
  const epochs = useQuery(
    curvesQuery(engine, {
      run: run.id,
      scope: 'epoch',
      names: run.epochMetrics,
      points: POINTS,
      smoothing: 0,
    }),
  );
  const view: StepAxis = { axis, stepsPerEpoch: perEpoch };
  const loss = lossLines(steps.data, epochs.data, view, smoothing);
  const look = { smoothed: smoothing > 0 };
  const norms = linesOf(steps.data, { gradientNorm: ['global norm', '--hc-series-3'] }, view, look);
  const { clipNorm } = run.configuration.training;
  const clipped = useQuery({ ...clippedQuery(engine, run.id), enabled: clipNorm !== null });
  const domain = range ?? wholeDomain(steps.data, view);
  const norm = [...norms, ...clipLine(clipNorm, domain, norms)];
  const rate = linesOf(steps.data, { learningRate: ['learning rate', '--hc-series-5'] }, view);
  const common = {
    xDomain: domain,
    onRange: setRange,
    xKind: 'count' as const,
    xLabel: axis,
    formatX: axis === 'step' ? formatStep : formatEpoch,
    formatTick: formatCount,
    formatY: formatNumber,
  };
  const best = bestMarker(run, view);
  const unit = lossUnit(run.configuration.task);
  const empty = steps.isLoading ? 'Reading the curves …' : waitingText(run);
  return (
    <CursorGroup>
      <div className={classes.controls}>
        <SegmentedControl
          aria-label="Horizontal axis"
          data={AXES}
          value={axis}
          onChange={(value) => {
            setRange(null);
            setAxis(value as 'step' | 'epoch');
          }}
        />
        <SegmentedControl
          aria-label="Vertical axis"
          data={SCALES}
          value={scale}
          onChange={(value) => setScale(value as 'linear' | 'log')}
        />
        <div className={classes.control}>
          <span>Smoothing</span>
          <Slider
            w={130}
            min={0}
            max={0.98}
            step={0.02}
            value={smoothing}
            onChange={setSmoothing}
            label={null}
            thumbLabel="Smoothing"
          />
          <span className="num" style={{ minWidth: '2.4em' }}>
            {smoothing.toFixed(2)}
          </span>
        </div>
        {range && (
          <button type="button" className={classes.control} onClick={() => setRange(null)}>
            Show all
          </button>
        )}
      </div>
      <Scroll label="Curves">
        <div className={classes.charts}>
          <Panel className={classes.wide ?? ''}>
            <LinePlot
              title={unit === null ? 'Loss' : `Loss, in ${unit}`}
              height={280}
              lines={loss}
              yScale={scale}
              markers={best}
              empty={empty}
              {...common}
            />
          </Panel>
          <Panel>
            <LinePlot
              title="Gradient norm"
              height={200}
              lines={norm}
              controls={<span className="muted">{clipWords(clipNorm, clipped.data?.share ?? null)}</span>}
              yScale={scale}
              empty={empty}
              {...common}
            />
          </Panel>
          <Panel>
            <LinePlot
              title="Learning rate"
              height={200}
              lines={rate}
              yScale={scale}
              empty={empty}
              {...common}
            />
          </Panel>
          <Panel className={classes.wide ?? ''}>
            <ParameterNorms run={run} view={view} scale={scale} smoothing={smoothing} {...common} />
          </Panel>
        </div>
      </Scroll>
    </CursorGroup>
  );
}

const formatStep = (step: number): string => formatCount(Math.round(step));
const formatEpoch = (epoch: number): string => formatNumber(epoch, 3);

/** The training loss by step and as the mean of each epoch, which is comparable with the validation loss. */
function lossLines(
  steps: CurvesFrame | undefined,
  epochs: CurvesFrame | undefined,
  view: StepAxis,
  smoothing: number,
) {
  const smoothed = smoothing > 0;
  const label = smoothed ? 'training, smoothed (each step)' : 'training, each step';
  const byEpoch = onEpochs(epochs, view);
  const look = { dots: true, width: 2 };
  return [
    ...linesOf(steps, { loss: [label, '--hc-series-1'] }, view, { smoothed, width: smoothed ? 2 : 1.25 }),
    ...linesOf(byEpoch, { trainLoss: ['training, each epoch', '--hc-series-4'] }, view, look),
    ...linesOf(byEpoch, { validationLoss: ['validation', '--hc-series-2'] }, view, look),
  ];
}

function wholeDomain(frame: CurvesFrame | undefined, view: StepAxis): Domain | undefined {
  if (!frame || frame.header.rows === 0) return undefined;
  const scale = view.axis === 'epoch' && view.stepsPerEpoch ? view.stepsPerEpoch : 1;
  return [0, frame.header.rows / scale];
}

function bestMarker(run: RunTabProps['run'], { axis, stepsPerEpoch }: StepAxis) {
  if (run.bestEpoch === null || !stepsPerEpoch) return [];
  const at = axis === 'epoch' ? run.bestEpoch : run.bestEpoch * stepsPerEpoch;
  return [{ at, label: `best, epoch ${run.bestEpoch}`, color: '--hc-series-2' }];
}

function waitingText({ state }: RunTabProps['run']): string {
  if (state === 'queued') return 'Waiting in the queue';
  if (state === 'running') return 'Preparing the data';
  return 'This run has not trained a step';
}
