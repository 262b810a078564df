// The next frames of new videos, after their last ones: from the weights and what the model knows of pictures, without its data.
import { z } from 'zod';
import type { NextFrames } from '../../contract/processes/jobs/samples.ts';
import type { TrainedModel } from '../../contract/processes/jobs/version.ts';
import type { VideoExperiment } from '../../contract/tasks/video-experiment.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { frameAt, framesIn } from '../../data/samples/pictures/frames-in.ts';
import { PictureStateSchema, requireForm } from '../../data/samples/pictures/patches.ts';
import type { Picture, SampleTable } from '../../data/samples/sample-table.ts';
import { createParameterSet } from '../../models/parameters.ts';
import { readValues } from '../../ops/values.ts';
import { decodeWeights } from '../../training/weights.ts';
import { readFitted } from '../read-fitted.ts';
import { framesOf, givenTensor } from './frame-batch.ts';
import { modelFor } from './model.ts';

const FittedSchema = z.object({ version: z.literal(1), pictures: PictureStateSchema });

/** On the current backend. @throws HindcastError `invalid-input` for what are no videos of that form, or none that is long enough */
export function nextFrames(
  experiment: VideoExperiment,
  { fitted, weights }: TrainedModel,
  table: SampleTable,
): NextFrames {
  const { task } = experiment;
  const { pictures: state } = readFitted(FittedSchema, fitted, 'videos');
  // Whatever it is called in the new data.
  const column = table.columns.find((one) => one.kind === 'frames');
  if (column?.kind !== 'frames') throw noVideos(table);
  const rows = [...column.pictures.keys()].filter((row) => framesIn(column.pictures[row]!) >= task.given);
  if (rows.length === 0) throw tooShort(task.given);
  const model = modelFor(experiment, state);
  const parameters = createParameterSet(model.specs, decodeWeights(weights));
  try {
    const videos = rows.map((row) => {
      const picture = column.pictures[row]!;
      requireForm(state, picture);
      const given = lastFrames(picture, task.given);
      const answer = readValues(() => model.answer(givenTensor([given], state), parameters.weight, {}));
      const frames = framesOf(Float32Array.from(answer), given.at(-1)!, task);
      return { name: table.names[row]!, frames: new Uint8Array(Buffer.concat(frames)) };
    });
    const { width, height, channels } = state;
    return { width, height, channels, ahead: task.ahead, videos, short: table.rows - rows.length };
  } finally {
    parameters.dispose();
  }
}

function lastFrames(picture: Picture, count: number): Uint8Array[] {
  const from = framesIn(picture) - count;
  return Array.from({ length: count }, (_, at) => frameAt(picture, from + at));
}

function noVideos({ columns }: SampleTable): HindcastError {
  const kinds = [...new Set(columns.map(({ kind }) => kind))].join(', ');
  const message = `What was given holds no videos (its columns are: ${kinds}), and the model reads videos; give it GIFs, folders of numbered pictures, or a file of NumPy with videos.`;
  return new HindcastError('invalid-input', message);
}

function tooShort(given: number): HindcastError {
  const message = `No video has the ${given} frames that the model reads (task.given); give it longer ones.`;
  return new HindcastError('too-few-rows', message);
}
