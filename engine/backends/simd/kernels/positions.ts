// The table of sine and cosine positions, computed in the kernels so that it has the same bits everywhere.
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.ts';
import { countFastPath } from '../register.ts';

/** [time, columns] */
export function sineTable(backend: SimdBackend, time: number, columns: number, base: number): TensorInfo {
  const table = backend.allocate([time, columns]);
  backend.kernels.exports.sinePositions(time, columns, base, backend.pointerOf(table));
  countFastPath('sinePositions');
  return table;
}
