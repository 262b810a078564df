// A LayersModel as files and back: model.json with the graph and the list of weights, weights.bin with their float32 values one
// after the other. `tf.loadLayersModel` of stock TensorFlow.js reads these files.
import * as tf from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
import { HindcastError } from '../../contract/values/errors.ts';
import { WEIGHTS_FILE } from './file-names.ts';

export interface LayersModelFiles {
  /** model.json as text. */
  readonly json: string;
  readonly weights: Uint8Array<ArrayBuffer>;
}

export async function saveLayersModel(model: LayersModel): Promise<LayersModelFiles> {
  let files: LayersModelFiles | undefined;
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      const { modelTopology, format, generatedBy, convertedBy, weightSpecs, weightData } = artifacts;
      const weightsManifest = [{ paths: [WEIGHTS_FILE], weights: weightSpecs }];
      const json = JSON.stringify({ modelTopology, format, generatedBy, convertedBy, weightsManifest });
      files = { json, weights: new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData)) };
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  return files!;
}

/** @throws HindcastError `file-unreadable` where the files are no LayersModel. */
export async function openLayersModel({ json, weights }: LayersModelFiles): Promise<LayersModel> {
  try {
    const { modelTopology, format, weightsManifest } = JSON.parse(json);
    const weightSpecs = weightsManifest.flatMap((group: { weights: object[] }) => group.weights);
    const artifacts = { modelTopology, format, weightSpecs, weightData: ownBuffer(weights) };
    return await loadLayersModel(tf.io.fromMemory(artifacts));
  } catch (cause) {
    const text = cause instanceof Error ? cause.message : String(cause);
    const message = `This is no model that TensorFlow.js can load: ${text}; give the folder of an export with the format tfjs.`;
    throw new HindcastError('file-unreadable', message, { cause });
  }
}

/** Without a copy where the weights have the buffer to themselves. */
const ownBuffer = (bytes: Uint8Array<ArrayBuffer>): ArrayBuffer =>
  bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer;
