// The backend registers, computes stock ops with compiled kernels, and gives its memory back.
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  fastPathCalls,
  registerSimdBackend,
  type SimdBackend,
  simdInfo,
} from '../../../engine/backends/simd/index.ts';
import { lstm } from '../../../engine/ops/recurrent/lstm.ts';

let backend: SimdBackend;
beforeAll(async () => {
  backend = await registerSimdBackend({ threads: 2 });
});
afterAll(() => tf.removeBackend('simd'));

describe('registerSimdBackend', () => {
  it('becomes the current backend and says what it is', () => {
    expect(tf.getBackend()).toBe('simd');
    expect(simdInfo()).toMatchObject({ backend: 'simd', registered: true, threads: 2, sharedMemory: true });
    expect(simdInfo().kernelVersion).toMatch(/^[0-9a-f]{16}$/);
  });

  it('takes the compiled product', async () => {
    fastPathCalls.clear();
    const product = tf.tidy(() =>
      tf.matMul(
        tf.tensor2d([
          [1, 2],
          [3, 4],
        ]),
        tf.tensor2d([
          [5, 6],
          [7, 8],
        ]),
      ),
    );
    expect([...product.dataSync()]).toEqual([19, 22, 43, 50]);
    expect(fastPathCalls.get('matmul')).toBe(1);
    product.dispose();
  });

  it('leaves nothing behind after a gradient through an LSTM', () => {
    const before = {
      tensors: tf.memory().numTensors,
      pieces: backend.kernels.allocator.statistics().piecesInUse,
    };
    tf.tidy(() => {
      const x = tf.ones([2, 3, 4]) as tf.Tensor3D;
      const gradient = tf.grads((kernel, recurrentKernel, bias) =>
        tf.sum(
          lstm(x, {
            kernel: kernel as tf.Tensor2D,
            recurrentKernel: recurrentKernel as tf.Tensor2D,
            bias: bias as tf.Tensor1D,
          }).outputs,
        ),
      );
      const [kernel] = gradient([tf.ones([4, 20]), tf.ones([5, 20]), tf.zeros([20])]);
      expect(kernel!.shape).toEqual([4, 20]);
      expect(Number.isFinite(kernel!.dataSync()[0])).toBe(true);
    });
    expect(tf.memory().numTensors).toBe(before.tensors);
    expect(backend.kernels.allocator.statistics().piecesInUse).toBe(before.pieces);
  });

  it('hands out copies that outlive their tensor', () => {
    const product = tf.tidy(() => tf.matMul(tf.ones([2, 2]), tf.ones([2, 2])));
    const values = product.dataSync();
    product.dispose();
    const other = tf.tidy(() => tf.matMul(tf.zeros([2, 2]), tf.ones([2, 2])));
    expect([...values]).toEqual([2, 2, 2, 2]);
    other.dispose();
  });
});
