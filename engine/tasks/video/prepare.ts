// Turns an experiment and its videos into windows of frames: some that are read, and those after them. What is fitted sees the training part alone.
import { createHash } from 'node:crypto';
import type { PartInfo } from '../../contract/runs/run.ts';
import type { VideoTask } from '../../contract/tasks/video.ts';
import type { VideoExperiment } from '../../contract/tasks/video-experiment.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { didYouMean } from '../../data/pipeline/did-you-mean.ts';
import type { Part } from '../../data/prepared.ts';
import { frameAt, framesIn } from '../../data/samples/pictures/frames-in.ts';
import { type PictureState, pictureStateOf } from '../../data/samples/pictures/patches.ts';
import type { PictureValues, SampleTable } from '../../data/samples/sample-table.ts';
import { splitSamples } from '../../data/samples/split-samples.ts';
import { FRAME_METRICS, type FrameMetric } from '../../evaluation/frames/frame-metrics.ts';
import { columnOf, PARTS, sampleSplit } from '../sample-split.ts';

/** The frames of a video that are read begin at `from`. */
export interface FrameWindow {
  readonly row: number;
  readonly from: number;
}

export interface PreparedVideo {
  readonly table: SampleTable;
  readonly pictures: PictureState;
  readonly parts: Readonly<Record<Part, readonly FrameWindow[]>>;
  /** Of a window; views of the bytes. */
  givenOf(window: FrameWindow): readonly Uint8Array[];
  aheadOf(window: FrameWindow): readonly Uint8Array[];
  readonly partInfos: readonly PartInfo[];
  readonly fingerprint: string;
  readonly fitted: FittedVideo;
  readonly notes: readonly string[];
}

/** Plain JSON: enough to read new videos. */
export interface FittedVideo {
  readonly version: 1;
  readonly pictures: PictureState;
}

/** @throws HindcastError `invalid-input` and `too-few-rows`, with the field of the experiment in `details.field`. */
export function prepareVideo(
  experiment: VideoExperiment,
  table: SampleTable,
  dataset: string,
): PreparedVideo {
  const { task } = experiment;
  for (const name of task.metrics) findFrameMetric(name);
  const split = sampleSplit(experiment);
  const { pictures } = videosIn(table, task);
  const notes: string[] = [];
  const labels = pictures.map(() => '');
  const rows = splitSamples({ split, table, labels, note: (text) => notes.push(text) });
  const windowsOf = (part: Part) =>
    rows[part].flatMap((row) => windowsIn(row, framesIn(pictures[row]!), task));
  const parts = { train: windowsOf('train'), validation: windowsOf('validation'), test: windowsOf('test') };
  for (const part of PARTS) if (parts[part].length === 0) throw emptyPart(dataset, part, task);
  const learned = rows.train.map((row) => pictures[row]!);
  const state = pictureStateOf(learned, learned[0]!);
  const framesFrom = (count: number, skipped: number) => (window: FrameWindow) =>
    Array.from({ length: count }, (_, at) => frameAt(pictures[window.row]!, window.from + skipped + at));
  const aheadOf = framesFrom(task.ahead, task.given);
  return {
    table,
    pictures: state,
    parts,
    givenOf: framesFrom(task.given, 0),
    aheadOf,
    partInfos: PARTS.map((part) => partInfo(part, rows[part], parts[part], task)),
    fingerprint: fingerprintOf(task, table, parts.test),
    fitted: { version: 1, pictures: state },
    notes,
  };
}

function videosIn(table: SampleTable, { input }: VideoTask): PictureValues {
  const column = columnOf(table, input);
  if (column.kind === 'frames') return column;
  const message = `task.input is "${input}", a column of the kind "${column.kind}"; choose a column of videos (import GIFs or folders of numbered pictures as "frames").`;
  throw new HindcastError('invalid-input', message, { details: { field: 'task.input' } });
}

function windowsIn(row: number, frames: number, { given, ahead, stride }: VideoTask): FrameWindow[] {
  const count = Math.floor((frames - given - ahead) / stride) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => ({ row, from: index * stride }));
}

export function findFrameMetric(name: string): FrameMetric {
  const found = FRAME_METRICS.find((metric) => metric.name === name);
  if (found) return found;
  const names = FRAME_METRICS.map((metric) => metric.name);
  const message = `There is no metric "${name}" of frames${didYouMean(name, names)}; task.metrics takes ${names.join(', ')}.`;
  throw new HindcastError('invalid-input', message, { details: { field: 'task.metrics' } });
}

function partInfo(
  part: Part,
  rows: readonly number[],
  windows: readonly FrameWindow[],
  { given, ahead }: VideoTask,
): PartInfo {
  const short = rows.length - new Set(windows.map(({ row }) => row)).size;
  const reason = `of fewer than ${given + ahead} frames (task.given and task.ahead)`;
  return {
    part,
    rows: rows.length,
    windows: windows.length,
    fromUs: null,
    toUs: null,
    ...(short > 0 && { leftOut: [{ reason, windows: short }] }),
  };
}

/** What is scored: the windows of the test part, and the metrics. */
function fingerprintOf(task: VideoTask, { hashes }: SampleTable, test: readonly FrameWindow[]): string {
  const hash = createHash('sha256');
  const { given, ahead, kind } = task;
  const metrics = [...new Set(task.metrics)].sort();
  hash.update(JSON.stringify({ protocol: 1, task: kind, given, ahead, metrics }));
  for (const line of test.map(({ row, from }) => `${hashes[row]} ${from}`).sort()) hash.update(`\n${line}`);
  return hash.digest('hex');
}

function emptyPart(dataset: string, part: Part, { given, ahead }: VideoTask): HindcastError {
  const message = `The ${part} part of "${dataset}" has no video of at least ${given + ahead} frames; lower task.given or task.ahead, choose another split, or import more videos.`;
  return new HindcastError('too-few-rows', message, { details: { field: 'task.ahead' } });
}
