// Softmax over the last axis.
import { util } from '@tensorflow/tfjs-core';
import { countFastPath, overrideKernel } from '../register.ts';

export function registerSoftmax(): void {
  overrideKernel('Softmax', ({ inputs, attrs, backend, fallback }) => {
    const logits = inputs.logits!;
    const rank = logits.shape.length;
    const dim = attrs.dim as number;
    if (logits.dtype !== 'float32' || (dim !== -1 && dim !== rank - 1)) return fallback();
    const columns = logits.shape[rank - 1]!;
    const rows = util.sizeFromShape(logits.shape) / columns;
    const output = backend.allocate(logits.shape);
    backend.kernels.exports.softmax(rows, columns, backend.pointerOf(logits), backend.pointerOf(output));
    countFastPath('Softmax');
    return output;
  });
}
