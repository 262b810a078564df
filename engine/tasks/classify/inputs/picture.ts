// Images as patches, row by row, and videos as frames, each of them a step.
import { z } from 'zod';
import { framesIn, pixelsOfFrame } from '../../../data/samples/pictures/frames-in.ts';
import {
  cutPatches,
  framesAsRows,
  type PictureState,
  PictureStateSchema,
  patchLayout,
  pictureStateOf,
  requireForm,
} from '../../../data/samples/pictures/patches.ts';
import type { ColumnOf, FittedInput, InputKind, InputTask } from './input-kind.ts';

const ImageState = z.object({ kind: z.literal('image'), pictures: PictureStateSchema });
const FramesState = z.object({ kind: z.literal('frames'), pictures: PictureStateSchema });

const fittedOn = ({ pictures }: ColumnOf<'image' | 'frames'>, train: readonly number[]): PictureState =>
  pictureStateOf(
    train.map((row) => pictures[row]!),
    pictures[train[0]!]!,
  );

export const imageInput: InputKind<ColumnOf<'image'>> = {
  fit: (column, task, train) => ofPatches(column, task, fittedOn(column, train)),
  restore: (state, column, task) => ofPatches(column, task, ImageState.parse(state).pictures),
  notes(_column, { state }, _train) {
    const { width, height, channels } = (state as unknown as z.infer<typeof ImageState>).pictures;
    const text = `Images are read at ${width} x ${height} pixels in ${channels === 1 ? 'grey' : 'colour'}.`;
    return [{ text, isGrave: false }];
  },
};

function ofPatches({ pictures }: ColumnOf<'image'>, task: InputTask, state: PictureState): FittedInput {
  const { across, down, features } = patchLayout(task.patches, state);
  return {
    state: { kind: 'image', pictures: state } as FittedInput['state'],
    shape: { kind: 'rows', channels: features },
    encode(row) {
      requireForm(state, pictures[row]!);
      return cutPatches(pictures[row]!, task.patches, state);
    },
    stepsOf: () => across * down,
  };
}

export const framesInput: InputKind<ColumnOf<'frames'>> = {
  fit: (column, task, train) => ofFrames(column, task, fittedOn(column, train)),
  restore: (state, column, task) => ofFrames(column, task, FramesState.parse(state).pictures),
};

function ofFrames({ pictures }: ColumnOf<'frames'>, task: InputTask, state: PictureState): FittedInput {
  return {
    state: { kind: 'frames', pictures: state } as FittedInput['state'],
    shape: { kind: 'rows', channels: pixelsOfFrame(state) },
    encode(row) {
      requireForm(state, pictures[row]!);
      return framesAsRows(pictures[row]!, task.mostSteps, state);
    },
    stepsOf: (row) => Math.min(task.mostSteps, framesIn(pictures[row]!)),
  };
}
