// The interface of a way to make intervals. Each is one file beside this one and a line in registry.ts.
import type { Quantiles } from '../score-keeper.ts';
import type { Calibration } from './calibration.ts';

export interface IntervalMethod {
  /** `split-conformal`, for sentences. */
  readonly label: string;
  /** The quantiles of a window depend on the windows before it. */
  readonly isSequential: boolean;
  /** It is calibrated on windows that are held back from the validation part. */
  readonly holdsBack: boolean;
  create(data: IntervalData, calibration: Calibration): IntervalMaker;
}

/** The windows and true values that intervals are made for. */
export interface IntervalData {
  readonly set: { readonly series: Int32Array; readonly origin: Int32Array };
  readonly horizon: number;
  readonly width: number;
  /** By series and target: what a move is multiplied by. */
  readonly scales: readonly Float64Array[];
  /** NaN where it is not known. */
  actual(series: number, row: number, target: number): number;
}

export interface IntervalMaker {
  /**
   * Quantiles by level, rising in each cell, laid out as the forecasts [indices.length, horizon, targets], original units. Windows of a
   * series come in order of their origins, each once. `own`: the model's; null: every level is the forecast.
   */
  of(indices: ArrayLike<number>, forecasts: Float64Array, own: Quantiles | null): Quantiles;
  /** The moves behind all rows that are known, for what comes after the last one. */
  movesAtEnd(series: number): readonly Float64Array[];
}

export interface Moved {
  readonly forecasts: Float64Array;
  readonly own: Quantiles | null;
  /** Where the window begins in the arrays. */
  readonly start: number;
  readonly width: number;
  /** By target. */
  readonly scales: Float64Array;
}

/** Writes the moved quantiles of one window into `out`, sorted in each cell: moves of single levels may cross. */
export function move(
  out: readonly Float64Array[],
  moves: readonly Float64Array[],
  { forecasts, own, start, width, scales }: Moved,
): void {
  const cells = moves[0]!.length;
  const levels = moves.length;
  for (let at = 0; at < cells; at += 1) {
    const scale = scales[at % width]!;
    for (let level = 0; level < levels; level += 1) {
      const base = own === null ? forecasts[start + at]! : own[level]![start + at]!;
      const value = base + moves[level]![at]! * scale;
      // Insertion from the left; almost always they are in order already.
      let to = level;
      for (; to > 0 && out[to - 1]![start + at]! > value; to -= 1) {
        out[to]![start + at] = out[to - 1]![start + at]!;
      }
      out[to]![start + at] = value;
    }
  }
}

export const emptyQuantiles = (levels: number, length: number): Float64Array[] =>
  Array.from({ length: levels }, () => new Float64Array(length));
