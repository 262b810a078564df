// A forecaster of frames as two models of stock layers: the encoder reads the given frames, the decoder says one frame at a time.
import { model as createLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';
import type { Cell } from '../../models/bodies/gate-biases.ts';
import { type ArrayLookup, dense, giveWeights, inputNode, lastStep, type Node, reshape } from './net.ts';
import { oneStepCells } from './one-step-cells.ts';
import { createRecurrentLayer, type RecurrentGraph, recurrentWeights } from './recurrent-graph.ts';

export interface VideoGraph {
  readonly cell: Cell;
  readonly units: number;
  readonly layers: number;
  /** Of the encoder. */
  readonly bias: boolean;
  readonly activation: 'tanh' | 'relu';
  readonly given: number;
  readonly array: ArrayLookup;
}

export interface VideoModels {
  /** frames [given, cells] -> the vector of the last one [1, width], the decoder's first states. */
  readonly encoder: LayersModel;
  /** That vector, the states -> a frame [1, cells], the new states. */
  readonly decoder: LayersModel;
}

export function videoModels(given: VideoGraph): VideoModels {
  return { encoder: encoderModel(given), decoder: decoderModel(given) };
}

const graphOf = ({ cell, units, layers, bias, activation }: VideoGraph): RecurrentGraph => ({
  cell,
  units,
  layers,
  prefix: cell,
  bidirectional: false,
  bias,
  activation,
});

function encoderModel(video: VideoGraph): LayersModel {
  const { array, given } = video;
  const graph = graphOf(video);
  const kernel = array('frame/kernel');
  const frames = inputNode([given, kernel.shape[0]!], 'frames');
  const read = dense(frames, kernel, { bias: array('frame/bias'), activation: 'relu' });
  let below = read;
  const states: Node[] = [];
  for (let level = 0; level < graph.layers; level++) {
    const layer = createRecurrentLayer(graph, { returnSequences: true, returnState: true });
    const [outputs, ...final] = layer.apply(below) as Node[];
    giveWeights(layer, recurrentWeights(graph, level, array));
    below = outputs!;
    states.push(...final);
  }
  const last = reshape(lastStep(read), [1, kernel.shape[1]!]);
  return createLayersModel({ inputs: frames, outputs: [last, ...states], name: 'encoder' });
}

function decoderModel(video: VideoGraph): LayersModel {
  const { array } = video;
  const graph: RecurrentGraph = { ...graphOf(video), prefix: 'decoder', bias: true, activation: 'tanh' };
  const vector = inputNode([1, array('frame/kernel').shape[1]!], 'vector');
  const { before, after, outputs } = oneStepCells(graph, vector, array);
  const frame = dense(outputs, array('head/kernel'), { bias: array('head/bias') });
  return createLayersModel({ inputs: [vector, ...before], outputs: [frame, ...after], name: 'decoder' });
}
