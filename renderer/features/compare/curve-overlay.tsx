// The same curve of every run in one chart.
import { SegmentedControl, Select } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { runLabel } from '../../../engine/words/run-label.ts';
import { usePreference } from '../../app/preferences.ts';
import type { Line } from '../../charts/draw.ts';
import { LinePlot } from '../../charts/line-plot.tsx';
import type { Domain } from '../../charts/scales.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { curvesQuery } from '../../engine/queries.ts';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { Panel } from '../../ui/page.tsx';
import classes from './compare.module.css';
import { type Compared, wholeRuns } from './compared.ts';
import { type Curve, meanCurve } from './mean-line.ts';

const CURVES = [
  { value: 'epoch validationLoss', label: 'Validation loss' },
  { value: 'epoch trainLoss', label: 'Training loss' },
  { value: 'step loss', label: 'Training loss, each step' },
  { value: 'step gradientNorm', label: 'Gradient norm' },
];
const SCALES = [
  { value: 'linear', label: 'Linear' },
  { value: 'log', label: 'Log' },
];

interface CurveOverlayProps {
  readonly compared: readonly Compared[];
  /** Their losses measure the same. */
  readonly isComparable: boolean;
  /** Of their losses, where all have the same. */
  readonly unit: string | null;
}

export function CurveOverlay({ compared, isComparable, unit }: CurveOverlayProps) {
  const engine = useEngine();
  const [curve, setCurve] = useState('epoch validationLoss');
  const [range, setRange] = useState<Domain | null>(null);
  const [scale, setScale] = usePreference('curveScale');
  const [smoothing] = usePreference('smoothing');
  const [scope, name] = curve.split(' ') as ['step' | 'epoch', string];
  const title = CURVES.find(({ value }) => value === curve)?.label ?? '';
  const isLoss = name.toLowerCase().endsWith('loss');
  const frames = useQueries({
    queries: wholeRuns(compared).map(({ id }) =>
      curvesQuery(engine, {
        run: id,
        scope,
        names: [name],
        points: 700,
        smoothing: scope === 'step' ? smoothing : 0,
      }),
    ),
  });
  const byRun = new Map(
    frames.flatMap(({ data }): [number, Curve][] => {
      const y = data?.columns.mean[data.header.names.indexOf(name)];
      return data && y ? [[data.header.runId, { x: data.columns.index, y }]] : [];
    }),
  );
  const lines = compared.flatMap((one) => linesOf(one, byRun, scope === 'epoch'));
  return (
    <Panel>
      <LinePlot
        title={isLoss && unit !== null ? `${title}, in ${unit}` : title}
        lines={lines}
        height={280}
        yScale={scale}
        xDomain={range ?? undefined}
        onRange={setRange}
        xKind="count"
        xLabel={scope}
        formatTick={formatCount}
        formatX={(at) => `${scope} ${formatCount(Math.round(at))}`}
        formatY={formatNumber}
        empty="None of these runs has it yet"
        controls={
          <>
            <Select
              aria-label="Curve"
              data={CURVES}
              value={curve}
              onChange={(next) => {
                setRange(null);
                if (next) setCurve(next);
              }}
              allowDeselect={false}
              w={190}
            />
            <SegmentedControl
              aria-label="Vertical axis"
              data={SCALES}
              value={scale}
              onChange={(next) => setScale(next as 'linear' | 'log')}
            />
          </>
        }
      />
      {!isComparable && (
        <p className={`muted ${classes.remark}`}>
          These runs have other data, targets or scales: their curves show how each trained, not which is
          better.
        </p>
      )}
    </Panel>
  );
}

const FEW = 40;

/** A folded study is the mean of its runs, in the band from the smallest to the largest. */
function linesOf(one: Compared, byRun: ReadonlyMap<number, Curve>, isByEpoch: boolean): Line[] {
  const { key, label, color, dash, isUnfolded, runs } = one;
  if (!isUnfolded) {
    const mean = meanCurve(runs.flatMap(({ id }) => byRun.get(id) ?? []));
    return mean ? [{ id: key, label: `${label}, mean`, color, dash, ...mean }] : [];
  }
  return runs.flatMap((run): Line[] => {
    const curve = byRun.get(run.id);
    if (!curve) return [];
    return [
      {
        id: String(run.id),
        label: runLabel(run),
        color,
        dash,
        ...curve,
        dots: isByEpoch && curve.y.length < FEW,
      },
    ];
  });
}
