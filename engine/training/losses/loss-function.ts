// The interface of a loss: the true values as tensors, the mean loss on the tape, and the loss of one cell in float64.
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../contract/experiment/losses.ts';

/** `huberDelta`: squares up to here, straight lines beyond (Huber 1964), in model units; for the Huber loss only. */
export interface LossChoice {
  readonly loss: Loss;
  readonly huberDelta: number;
  /** Levels of quantiles; for losses of heads only. */
  readonly quantiles?: readonly number[] | undefined;
}

export interface LossCells extends TargetCells {
  /** As the targets; of classes: probabilities. */
  readonly forecast: Float32Array;
  /** Of a head: its numbers, several for each of the targets. */
  readonly answers?: Float32Array | null;
  /** Length of the last axis. */
  readonly classes: number;
}

/** What a batch is judged by: values of every cell, or for classes the true one of every step. */
export interface Truth {
  /** [batch, steps, targets]; classes: [batch, steps], whole numbers. */
  readonly target: Tensor;
  /** As `target`, 0 where it is unknown. */
  readonly mask: Tensor;
}

/** [batch, steps, targets] each, row-major; not kept. */
export type TargetCells = TargetRows;

export type CellShape = readonly [batch: number, steps: number, targets: number];

export interface TargetDemand {
  /** `targets that are 1 for the true class and 0 for the others` */
  readonly words: string;
  /** Index of the first row that is not so; -1: all are. */
  firstUnfit(rows: TargetRows, targets: number): number;
}

/** What a loss can be asked about: true values, one row of `targets` each. */
export interface TargetRows {
  /** [rows, targets], row-major, in model units. */
  readonly target: Float32Array;
  /** As `target`, 0 where it is missing. */
  readonly mask: Float32Array;
}

export interface LossFunction {
  /** The mean of squared errors, which ridge regression minimizes in one step. */
  readonly isSquaredError?: boolean;
  /** What every row of targets must be; null: any numbers. */
  readonly wants: TargetDemand | null;
  /** On the current backend; the caller disposes of it. */
  createTruth(cells: TargetCells, shape: CellShape): Truth;
  /** Mean over what is known, as a scalar on the tape; 0 where nothing is. */
  masked(answer: Tensor, truth: Truth, choice: LossChoice): Scalar;
  /** In float64 on the host: the sum over known cells that `masked` is the mean of. */
  sum(cells: LossCells, choice: LossChoice): number;
}

/** Of one cell. `targets`: length of the last axis. */
type CellLoss = (forecast: number, target: number, choice: LossChoice, targets: number) => number;

/** The sum of a loss of single cells. */
export const sumOfCells =
  (ofCell: CellLoss): LossFunction['sum'] =>
  ({ forecast, target, mask, classes }, choice) => {
    let sum = 0;
    for (let i = 0; i < forecast.length; i++) {
      if (mask[i] !== 0) sum += ofCell(forecast[i]!, target[i]!, choice, classes);
    }
    return sum;
  };
