// One pass of a model of samples over one sample: its answers, the states of its layers, and where its heads look.
import * as tf from '@tensorflow/tfjs-core';
import type { Pass } from '../../models/pass.ts';
import type { ReadSample } from '../../tasks/sample-reading.ts';
import type { Anatomy } from '../anatomy.ts';
import { joinPieces, readPiece, type SiteValues, type StatesPiece } from '../states-pieces.ts';
import { anatomyAt, type Reader } from './load.ts';

export interface SeenSample {
  readonly anatomy: Anatomy;
  /** [1 or steps, choices] logarithms of the shares. */
  readonly logs: Float32Array;
  readonly sites: readonly SiteValues[];
  /** By layer, [heads, queries, keys]. */
  readonly attention: readonly Float32Array[];
}

/** Weights of all heads of a layer: beyond it none are kept. */
const MOST_WEIGHTS = 2 ** 24;

export function passOver(reader: Reader, sample: ReadSample): SeenSample {
  const { values } = sample;
  const anatomy = anatomyAt(reader, sample);
  const pieces: StatesPiece[] = [];
  const attention: Float32Array[] = [];
  let logs = new Float32Array();
  tf.tidy(() => {
    const pass: Pass = {
      ...(anatomy.sites.length > 0 && {
        onStates: (site, states) => {
          pieces.push(readPiece(site, states));
        },
      }),
      ...(anatomy.attention.length > 0 && {
        onAttention: (layer, weights) => {
          if (weights.size <= MOST_WEIGHTS) attention[layer] = (weights.dataSync() as Float32Array).slice();
        },
      }),
    };
    const found = reader.readings.answer([values], reader.parameters.weight, pass, sample);
    logs = Float32Array.from(found.dataSync());
  });
  return { anatomy, logs, sites: anatomy.sites.map((plan) => joinPieces(plan, pieces)), attention };
}
