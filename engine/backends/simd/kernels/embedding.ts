// Looks up rows of a table by index, and computes the gradient of the table.
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.ts';
import { countFastPath } from '../register.ts';

/** table [entries, columns], indices [...] int32 -> [..., columns] */
export function embeddingForward(backend: SimdBackend, table: TensorInfo, indices: TensorInfo): TensorInfo {
  const columns = table.shape[1]!;
  const rows = backend.allocate([...indices.shape, columns]);
  backend.kernels.exports.embedding(
    util.sizeFromShape(indices.shape),
    columns,
    backend.pointerOf(indices),
    backend.pointerOf(table),
    backend.pointerOf(rows),
  );
  countFastPath('embeddingForward');
  return rows;
}

export function embeddingBackward(
  backend: SimdBackend,
  table: TensorInfo,
  indices: TensorInfo,
  dy: TensorInfo,
): TensorInfo {
  const [entries, columns] = table.shape as [number, number];
  const gradient = backend.allocate([entries, columns]);
  backend.kernels.exports.embeddingGradient(
    util.sizeFromShape(indices.shape),
    columns,
    entries,
    backend.pointerOf(indices),
    backend.pointerOf(dy),
    backend.pointerOf(gradient),
  );
  countFastPath('embeddingBackward');
  return gradient;
}
