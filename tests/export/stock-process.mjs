// Stock TensorFlow.js alone, in a process of its own: loads a model folder and prints its forecasts of the windows on stdin.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import tf from '@tensorflow/tfjs-core/dist/tf-core.node.js';
import layers from '@tensorflow/tfjs-layers/dist/tf-layers.node.js';
import '@tensorflow/tfjs-backend-cpu/dist/tf-backend-cpu.node.js';

const folder = process.argv[2];
const { shape, values } = JSON.parse(readFileSync(0, 'utf8'));
await tf.setBackend('cpu');
const { modelTopology, weightsManifest, format } = JSON.parse(
  readFileSync(join(folder, 'model.json'), 'utf8'),
);
const bytes = readFileSync(join(folder, weightsManifest[0].paths[0]));
const model = await layers.loadLayersModel(
  tf.io.fromMemory({
    modelTopology,
    format,
    weightSpecs: weightsManifest[0].weights,
    weightData: new Uint8Array(bytes).buffer,
  }),
);
const answer = model.predict(tf.tensor(values, shape));
process.stdout.write(JSON.stringify({ shape: answer.shape, values: [...answer.dataSync()] }));
