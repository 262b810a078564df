// Curves of a training: losses by epoch with the best one marked; gradient norm and learning rate by step.
import type { MetricsFrame } from '../../contract/datasets/frames.ts';
import type { RunDetail } from '../../contract/runs/run.ts';
import { lossUnitOfRun } from '../../words/tasks/loss-unit.ts';
import { ACCENT, QUIET } from './colours.ts';
import { type Line, lineChart } from './svg.ts';
import { countTicks } from './ticks.ts';

export interface TrainingCurves {
  readonly run: RunDetail;
  readonly steps: MetricsFrame;
  readonly epochs: MetricsFrame;
}

export function trainingCharts({ run, steps, epochs }: TrainingCurves): string {
  const { task } = run.configuration;
  const line = (frame: MetricsFrame, name: string, look: Omit<Line, 'x' | 'values'>): Line => ({
    ...look,
    x: frame.columns.index,
    values: valuesOf(frame, name),
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
    line(epochs, 'trainLoss', { label: 'training', colour: QUIET, dashed: true }),
    line(epochs, 'validationLoss', { label: 'validation', colour: ACCENT }),
  ];
  const unit = `${task.loss}, ${lossUnitOfRun(task)}`;
  return [
    chart('Loss by epoch', 'epoch', unit, losses, run.bestEpoch ?? undefined),
    chart('Loss by step', 'step', unit, [line(steps, 'loss', { label: 'loss', colour: ACCENT })]),
    chart('Gradient norm, before clipping', 'step', 'norm of all gradients', [
      line(steps, 'gradientNorm', { label: 'gradient norm', colour: ACCENT }),
    ]),
    changes(valuesOf(steps, 'learningRate'))
      ? chart('Learning rate', 'step', 'learning rate', [
          line(steps, 'learningRate', { label: 'learning rate', colour: ACCENT }),
        ])
      : '',
  ].join('\n');
}

/** Empty where the run has no metric of that name. */
function valuesOf({ header, columns }: MetricsFrame, name: string): ArrayLike<number> {
  return columns.values[header.names.indexOf(name)] ?? [];
}

const changes = (values: ArrayLike<number>): boolean =>
  Array.from(values).some((value) => value !== values[0]);
