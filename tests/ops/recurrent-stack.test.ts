// Layers, directions, dropout between layers, masks, and the norms of the state's gradient.
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerSimdBackend } from '../../engine/backends/simd/index.ts';
import { gru } from '../../engine/ops/recurrent/gru.ts';
import { lstm } from '../../engine/ops/recurrent/lstm.ts';
import { recurrentStack } from '../../engine/ops/recurrent/recurrent-stack.ts';
import type { GradientNorms } from '../../engine/ops/recurrent/recurrent-types.ts';
import { rnn } from '../../engine/ops/recurrent/rnn.ts';
import { expectClose, Numbers } from './numbers.ts';

beforeAll(async () => {
  await registerSimdBackend({ threads: 2 });
});
afterAll(() => tf.removeBackend('simd'));

function lstmWeights(numbers: Numbers, features: number, units: number) {
  return {
    kernel: numbers.tensor<tf.Rank.R2>([features, 4 * units], 0.5),
    recurrentKernel: numbers.tensor<tf.Rank.R2>([units, 4 * units], 0.5),
    bias: numbers.tensor<tf.Rank.R1>([4 * units], 0.5),
  };
}

describe('recurrentStack', () => {
  it('feeds layers with the outputs of both directions below, dropped out between layers only', () => {
    tf.tidy(() => {
      const numbers = new Numbers(1);
      const x = numbers.tensor<tf.Rank.R3>([3, 4, 2]);
      const first = [lstmWeights(numbers, 2, 5), lstmWeights(numbers, 2, 5)] as const;
      const second = lstmWeights(numbers, 10, 6);
      const dropped: number[] = [];
      const result = recurrentStack(
        x,
        [
          { forward: (y, o) => lstm(y, first[0], o), backward: (y, o) => lstm(y, first[1], o) },
          { forward: (y, o) => lstm(y, second, o) },
        ],
        {
          dropout: (outputs, layer) => {
            dropped.push(layer);
            return tf.mul(outputs, 2) as tf.Tensor3D;
          },
        },
      );
      const below = tf.concat([lstm(x, first[0]).outputs, lstm(x, first[1], { reverse: true }).outputs], 2);
      const expected = lstm(tf.mul(below, 2) as tf.Tensor3D, second);
      expect(dropped).toEqual([0]);
      expectClose(result.outputs.dataSync(), expected.outputs.dataSync(), 'outputs');
      expect(result.finalHidden.shape).toEqual([3, 6]);
      expect(result.layers[0]!.backward!.finalHidden.shape).toEqual([3, 5]);
    });
  });

  it('ignores what lies behind a sequence, in both directions', () => {
    tf.tidy(() => {
      const numbers = new Numbers(2);
      const weights = lstmWeights(numbers, 2, 5);
      const short = numbers.tensor<tf.Rank.R3>([1, 3, 2]);
      const long = tf.concat([short, numbers.tensor<tf.Rank.R3>([1, 2, 2])], 1);
      const mask = tf.tensor2d([[1, 1, 1, 0, 0]]);
      for (const reverse of [false, true]) {
        const expected = lstm(short, weights, { reverse }).finalHidden.dataSync();
        expectClose(
          lstm(long, weights, { reverse, mask }).finalHidden.dataSync(),
          expected,
          `reverse ${reverse}`,
        );
      }
    });
  });
});

describe('looking inside', () => {
  const [batch, time, units] = [3, 5, 4];

  /** |dL/dh_t| by differentiating with respect to a perturbation of the state between two calls. */
  function normAfter(t: number, kind: 'lstm' | 'gru' | 'rnn'): number {
    const run = runs(kind);
    const norm = tf.tidy(() => {
      const { x, initial } = run;
      const head = run.op(tf.slice(x, [0, 0, 0], [-1, t + 1, -1]), initial, undefined);
      const tail = (hidden: tf.Tensor) =>
        t + 1 === time
          ? tf.sum(tf.square(hidden))
          : tf.sum(
              tf.square(run.op(tf.slice(x, [0, t + 1, 0], [-1, -1, -1]), hidden, head.finalCell).finalHidden),
            );
      return tf.norm(tf.grad(tail)(head.finalHidden)).dataSync()[0]!;
    });
    return norm;
  }

  function runs(kind: 'lstm' | 'gru' | 'rnn') {
    const numbers = new Numbers(3);
    const width = { lstm: 4, gru: 3, rnn: 1 }[kind] * units;
    const weights = {
      kernel: numbers.tensor<tf.Rank.R2>([2, width]),
      recurrentKernel: numbers.tensor<tf.Rank.R2>([units, width]),
      bias: numbers.tensor<tf.Rank.R1>([width]),
    };
    const ops = { lstm, gru, rnn } as unknown as Record<
      string,
      (...given: never[]) => ReturnType<typeof lstm>
    >;
    const op = (
      x: tf.Tensor,
      hidden: tf.Tensor,
      cell?: tf.Tensor,
      onGradientNorms?: (norms: GradientNorms) => void,
    ) =>
      ops[kind]!(
        x as never,
        weights as never,
        { initialHidden: hidden, initialCell: cell, onGradientNorms } as never,
      );
    return {
      op,
      x: numbers.tensor<tf.Rank.R3>([batch, time, 2]),
      initial: numbers.tensor<tf.Rank.R2>([batch, units]),
    };
  }

  it.each(['lstm', 'gru', 'rnn'] as const)('%s reports the norm of dL/dh at every step', (kind) => {
    const run = runs(kind);
    let norms: GradientNorms | undefined;
    tf.tidy(() => {
      const listen = (given: GradientNorms) => {
        norms = given;
      };
      tf.grad((hidden) => tf.sum(tf.square(run.op(run.x, hidden, undefined, listen).finalHidden)))(
        run.initial,
      );
    });
    const expected = Array.from({ length: time }, (_, t) => normAfter(t, kind));
    expectClose(norms!.hidden, expected, 'norms', { relative: 1e-4 });
    expect(norms!.cell?.length).toBe(kind === 'lstm' ? time : undefined);
  });

  it('returns gates that reproduce the outputs', () => {
    tf.tidy(() => {
      const numbers = new Numbers(4);
      const x = numbers.tensor<tf.Rank.R3>([batch, time, 2]);
      const { gates, cells, outputs } = lstm(x, lstmWeights(numbers, 2, units), { returnGates: true });
      const o = tf.slice(gates!, [0, 0, 3 * units], [-1, -1, units]);
      expectClose(tf.mul(o, tf.tanh(cells!)).dataSync(), outputs.dataSync(), 'o tanh(c)');
    });
  });
});
