// The linear layer: compiled against stock ops in value and gradient, over random shapes.
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fastPathCalls, registerSimdBackend, type SimdBackend } from '../../engine/backends/simd/index.ts';
import { weightGradients } from '../../engine/backends/simd/kernels/linear.ts';
import { linear, linearComposed } from '../../engine/ops/linear.ts';
import { expectClose, expectNoLeak, Numbers } from './numbers.ts';

let backend: SimdBackend;
beforeAll(async () => {
  backend = await registerSimdBackend({ threads: 2 });
});
afterAll(() => tf.removeBackend('simd'));

const shapes = fc.record({
  rows: fc.integer({ min: 1, max: 150 }),
  inputs: fc.integer({ min: 1, max: 40 }),
  outputs: fc.integer({ min: 1, max: 150 }),
  activation: fc.constantFrom('linear', 'relu', 'sigmoid', 'tanh', 'gelu'),
  biased: fc.boolean(),
  seed: fc.integer({ min: 1, max: 1e6 }),
});

describe('linear', () => {
  it('agrees with stock ops over random shapes, and leaves nothing behind', () => {
    const check = ({
      rows,
      inputs,
      outputs,
      activation,
      biased,
      seed,
    }: Parameters<Parameters<typeof shapes.map>[0]>[0]) =>
      tf.tidy(() => {
        const numbers = new Numbers(seed);
        const x = numbers.tensor<tf.Rank.R2>([rows, inputs]);
        const kernel = numbers.tensor<tf.Rank.R2>([inputs, outputs]);
        const bias = numbers.tensor<tf.Rank.R1>([outputs]);
        const weight = numbers.tensor<tf.Rank.R2>([rows, outputs]);
        const all = (op: typeof linearComposed) => {
          const value = (...given: tf.Tensor[]) =>
            op(
              given[0] as tf.Tensor2D,
              { kernel: given[1] as tf.Tensor2D, bias: biased ? (given[2] as tf.Tensor1D) : undefined },
              activation,
            );
          const loss = (...given: tf.Tensor[]) => tf.sum(tf.mul(value(...given), weight));
          const wanted = biased ? [x, kernel, bias] : [x, kernel];
          return [value(...wanted), ...tf.grads(loss)(wanted)].map((tensor) => tensor.dataSync());
        };
        const expected = all(linearComposed);
        all(linear as typeof linearComposed).forEach((values, index) => {
          expectClose(values, expected[index]!, `part ${index}`, { relative: 1e-4, absolute: 1e-4 });
        });
      });
    const pieces = () => backend.kernels.allocator.statistics().piecesInUse;
    fc.assert(
      fc.property(shapes, (shape) => expectNoLeak(pieces, () => check(shape))),
      { numRuns: 40, seed: 3 },
    );
  });

  it.each([
    [1300, 17, 21],
    [1100, 530, 270],
    [5000, 5, 1],
  ])(
    'sums the gradients of the weights over %i rows in parts, [%i, %i], the same on every number of threads',
    (rows, inputs, outputs) => {
      const numbers = new Numbers(rows);
      const [x, kernel, dy] = [
        [rows, inputs],
        [inputs, outputs],
        [rows, outputs],
      ].map((shape) => numbers.tensor<tf.Rank.R2>(shape)) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
      const bias = numbers.tensor<tf.Rank.R1>([outputs]);
      const of = (op: typeof linearComposed) =>
        tf
          .grads((k, b) =>
            tf.sum(tf.mul(op(x, { kernel: k as tf.Tensor2D, bias: b as tf.Tensor1D }, 'linear'), dy)),
          )([kernel, bias])
          .map((gradient) => gradient.dataSync());
      fastPathCalls.clear();
      const parallel = of(linear as typeof linearComposed);
      expect(fastPathCalls.get('weightGradients')).toBe(1);
      backend.kernels.limitThreads(1);
      expect(of(linear as typeof linearComposed)).toEqual(parallel);
      backend.kernels.limitThreads(2);
      const expected = of(linearComposed);
      parallel.forEach((values, index) => {
        expectClose(values, expected[index]!, `part ${index}`, { relative: 1e-4, absolute: 1e-4 });
      });
    },
  );

  it('takes no memory for partial sums where there is one part', () => {
    const [x, dz] = [tf.ones([1, 2048]), tf.ones([1, 2048])];
    for (const tensor of [x, dz]) backend.pointerOf(tensor); // now in the backend's memory
    const { allocator } = backend.kernels;
    const before = allocator.statistics().bytesInUse;
    const { kernel, bias } = weightGradients(backend, x, dz, true);
    const results = allocator.statistics().bytesInUse - before;
    expect(allocator.statistics().peakBytes - before).toBeLessThan(results + 1024);
    for (const { dataId } of [kernel, bias!]) backend.disposeData(dataId);
    tf.dispose([x, dz]);
  });

  it('gives zeros as gradients of the weights where there are no rows', () => {
    const used = backend.allocate([3, 5]);
    (backend.valuesOf(used) as Float32Array).fill(7); // memory that the next of its size gets
    backend.disposeData(used.dataId);
    const [x, dz] = [tf.zeros([0, 3]), tf.zeros([0, 5])];
    const { kernel, bias } = weightGradients(backend, x, dz, true);
    expect([...(backend.readSync(kernel.dataId) as Float32Array)]).toEqual(new Array(15).fill(0));
    expect([...(backend.readSync(bias!.dataId) as Float32Array)]).toEqual(new Array(5).fill(0));
    for (const { dataId } of [kernel, bias!]) backend.disposeData(dataId);
    tf.dispose([x, dz]);
  });

  it('keeps leading axes and takes the compiled path', () => {
    tf.tidy(() => {
      fastPathCalls.clear();
      const y = linear(tf.ones([2, 3, 4]), { kernel: tf.ones([4, 5]) });
      expect(y.shape).toEqual([2, 3, 5]);
      expect([...y.dataSync()]).toEqual(new Array(30).fill(4));
      expect(fastPathCalls.get('linear')).toBe(1);
    });
  });
});
