// tf.layers on TensorFlow.js's own backends. It has no clipping, so its step does less work.
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { flopsOf, LEARNING_RATE, type Peer, type TrainingCase, values } from './cases.ts';
import { OTHERS } from './contestants.ts';
import { burstOf } from './measure.ts';

/** A step of these backends above such a size takes seconds to minutes. */
const MOST_FLOPS = { cpu: 3e9, wasm: 2e10 } as const;
const MOST_FLOPS_QUICK = 4e8;

function modelOf({ cell, units, batch, time, features }: TrainingCase): layers.LayersModel {
  const make = { rnn: layers.layers.simpleRNN, gru: layers.layers.gru, lstm: layers.layers.lstm }[cell];
  const input = layers.input({ batchShape: [batch, time, features] });
  const hidden = make({ units, recurrentInitializer: 'glorotUniform' } as Parameters<typeof make>[0]).apply(
    input,
  );
  const output = layers.layers.dense({ units: 1 }).apply(hidden) as layers.SymbolicTensor;
  const model = layers.model({ inputs: input, outputs: output });
  model.compile({ optimizer: tf.train.adam(LEARNING_RATE), loss: 'meanSquaredError' });
  return model;
}

export function layersOn(backend: 'cpu' | 'wasm', quick: boolean): Peer {
  const most = quick ? MOST_FLOPS_QUICK : MOST_FLOPS[backend];
  return {
    name: OTHERS[backend],
    slow: true,
    async prepare(what) {
      const { cell, batch, time, features, units } = what;
      if (flopsOf(what) > most) return null;
      await tf.setBackend(backend);
      const model = modelOf({ cell, batch, time, features, units });
      const x = tf.tensor3d(values(batch * time * features, 1, 7), [batch, time, features]);
      const y = tf.tensor2d(values(batch, 1, 8), [batch, 1]);
      return async (steps) => {
        await tf.setBackend(backend);
        return burstOf(() => model.trainOnBatch(x, y))(steps);
      };
    },
  };
}

/** Loads the WebAssembly backend; false where it does not load. */
export async function loadWasm(): Promise<boolean> {
  try {
    await import('@tensorflow/tfjs-backend-wasm');
    return await tf.setBackend('wasm');
  } catch {
    return false;
  }
}
