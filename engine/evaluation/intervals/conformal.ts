// Split-conformal intervals: the moves of the calibration, the same for every window.
import type { Calibration } from './calibration.ts';
import {
  emptyQuantiles,
  type IntervalData,
  type IntervalMaker,
  type IntervalMethod,
  move,
} from './interval-method.ts';

/** Needs no more of the calibration than its moves. */
interface Conformal extends IntervalMethod {
  create(data: IntervalData, calibration: Pick<Calibration, 'levels' | 'moves'>): IntervalMaker;
}

export const conformal: Conformal = {
  label: 'split-conformal',
  isSequential: false,
  holdsBack: true,
  create({ set, horizon, width, scales }, { moves }) {
    const cells = horizon * width;
    return {
      of(indices, forecasts, own) {
        const out = emptyQuantiles(moves.length, indices.length * cells);
        for (let at = 0; at < indices.length; at += 1) {
          const series = set.series[indices[at]!]!;
          move(out, moves, { forecasts, own, start: at * cells, width, scales: scales[series]! });
        }
        return out;
      },
      movesAtEnd: () => moves,
    };
  },
};
