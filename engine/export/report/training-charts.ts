// Curves of a training: losses by epoch with the best one marked; gradient norm and learning rate by step.
import type { Frame } from '../../contract/frame.ts';
import type { RunDetail } from '../../contract/run.ts';
import { ACCENT, QUIET } from './forecast-charts.ts';
import { type Line, lineChart } from './svg.ts';
import { countTicks } from './ticks.ts';

type Columns = Readonly<Record<string, ArrayLike<number> | undefined>>;

export interface TrainingCurves {
  readonly run: RunDetail;
  readonly steps: Frame<unknown>;
  readonly epochs: Frame<unknown>;
}

export function trainingCharts({ run, steps, epochs }: TrainingCurves): string {
  const byEpoch = epochs.columns as Columns;
  const byStep = steps.columns as Columns;
  const { loss } = run.configuration.task;
  const line = (columns: Columns, name: string, look: Omit<Line, 'x' | 'values'>): Line => ({
    ...look,
    x: columns.index ?? [],
    values: columns[name] ?? [],
  });
  const chart = (title: string, xLabel: string, yLabel: string, lines: readonly Line[], mark?: number) =>
    lineChart({
      title,
      lines,
      xTicks: countTicks,
      xLabel,
      yLabel,
      height: 170,
      mark: mark === undefined ? undefined : { at: mark, label: `best epoch: ${mark}` },
    });
  const losses = [
    line(byEpoch, 'trainLoss', { label: 'training', colour: QUIET, dashed: true }),
    line(byEpoch, 'validationLoss', { label: 'validation', colour: ACCENT }),
  ];
  const unit = `${loss}, model units`;
  return [
    chart('Loss by epoch', 'epoch', unit, losses, run.bestEpoch ?? undefined),
    chart('Loss by step', 'step', unit, [line(byStep, 'loss', { label: 'loss', colour: ACCENT })]),
    chart('Gradient norm, before clipping', 'step', 'norm of all gradients', [
      line(byStep, 'gradientNorm', { label: 'gradient norm', colour: ACCENT }),
    ]),
    changes(byStep.learningRate)
      ? chart('Learning rate', 'step', 'learning rate', [
          line(byStep, 'learningRate', { label: 'learning rate', colour: ACCENT }),
        ])
      : '',
  ].join('\n');
}

const changes = (values: ArrayLike<number> | undefined): boolean =>
  values !== undefined && Array.from(values).some((value) => value !== values[0]);
