// Turns an experiment and its captioned images into parts, patches and tokens. What is fitted sees the training part alone.
import { createHash } from 'node:crypto';
import type { PartInfo } from '../../contract/runs/run.ts';
import type { CaptionTask } from '../../contract/tasks/caption.ts';
import type { CaptionExperiment } from '../../contract/tasks/caption-experiment.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { countText } from '../../data/count-text.ts';
import type { Part } from '../../data/prepared.ts';
import {
  cutPatches,
  type PatchLayout,
  type PictureState,
  patchLayout,
  pictureStateOf,
} from '../../data/samples/pictures/patches.ts';
import type { PictureValues, SampleTable } from '../../data/samples/sample-table.ts';
import { type SampleSplit, splitSamples } from '../../data/samples/split-samples.ts';
import type { TextTokens } from '../../data/samples/text-tokens.ts';
import { pixelsIn } from '../../evaluation/classes/baselines/pixels.ts';
import { columnOf, PARTS, sampleSplit, textsIn } from '../sample-split.ts';
import { createPairCoder, fitPairTokens, type PairCoder } from '../translate/pair-coder.ts';
import { findPairMetric, framed, type Source } from '../translate/prepare.ts';
import type { ReadImage } from './model.ts';
import {
  captionsOf,
  type KnownImages,
  nearestImages,
  type RecordedImages,
  recordedImages,
} from './neighbours.ts';

export interface PreparedCaption {
  readonly table: SampleTable;
  readonly images: PictureValues;
  readonly pictures: PictureState;
  readonly layout: PatchLayout;
  readonly target: PairCoder;
  /** Rows of images with a caption. */
  readonly parts: Readonly<Record<Part, Int32Array>>;
  /** Of a row: its patches, and what its neighbours are called. */
  sourceOf(row: number): ReadImage;
  /** Of a row: an end sign, the tokens of its caption, an end sign. */
  targetOf(row: number): Int32Array;
  /** Different images of a part with all of their captions, in order of their first rows; their text is their name. */
  sourcesOf(part: Part): readonly Source[];
  captionOf(row: number): string;
  readonly partInfos: readonly PartInfo[];
  readonly fingerprint: string;
  readonly fitted: FittedCaption;
  readonly notes: readonly string[];
}

/** Plain JSON: enough to write captions with the weights. */
export interface FittedCaption {
  readonly version: 1;
  readonly pictures: PictureState;
  readonly target: TextTokens;
  /** Training images, where the model reads the captions of an image's neighbours. */
  readonly known?: RecordedImages;
}

/** @throws HindcastError `invalid-input` and `too-few-rows`, with the field of the experiment in `details.field`. */
export function prepareCaption(
  experiment: CaptionExperiment,
  table: SampleTable,
  dataset: string,
): PreparedCaption {
  const { task } = experiment;
  for (const name of task.metrics) findPairMetric(name);
  const split = sampleSplit(experiment);
  const images = imagesIn(table, task);
  const texts = textsIn(table, task.target, 'task.target');
  const notes: string[] = [];
  const rows = splitSamples({ split, table, labels: texts.map(() => ''), note: (text) => notes.push(text) });
  const hasText = (row: number) => texts[row]!.trim() !== '';
  const learned = rows.train.filter(hasText);
  if (learned.length === 0) throw noCaption(dataset, task);
  const pictures = pictureStateOf(
    learned.map((row) => images.pictures[row]!),
    images.pictures[learned[0]!]!,
  );
  const layout = patchLayout(task.patches, pictures);
  const tokens = fitPairTokens(
    task.targetTokens,
    learned.map((row) => texts[row]!),
  );
  const target = createPairCoder(tokens);
  const kept: Int32Array[] = [];
  const targetOf = (row: number): Int32Array => {
    kept[row] ??= framed(target.encode(texts[row]!), target.end);
    return kept[row];
  };
  const fits = (row: number) => hasText(row) && targetOf(row).length - 2 <= task.mostSteps;
  const fitting = (part: Part) => Int32Array.from(rows[part].filter(fits));
  const parts = { train: fitting('train'), validation: fitting('validation'), test: fitting('test') };
  for (const part of PARTS) if (parts[part].length === 0) throw emptyPart(dataset, part, task);
  const captionOf = (row: number) => target.tidy(texts[row]!);
  const hints =
    task.neighbours > 0
      ? createHintRows({ table, images, train: parts.train, targetOf, split, wanted: task.neighbours })
      : undefined;
  return {
    table,
    images,
    pictures,
    layout,
    target,
    parts,
    sourceOf: (row) => readImage(cutPatches(images.pictures[row]!, task.patches, pictures), hints?.of(row)),
    targetOf,
    sourcesOf: (part) => sourcesIn(table, parts[part], captionOf),
    captionOf,
    partInfos: PARTS.map((part) => partInfo(part, rows[part], parts[part], hasText, task)),
    fingerprint: fingerprintOf(task, table, parts.test, captionOf),
    fitted: { version: 1, pictures, target: tokens, ...(hints && { known: recordedImages(hints.known) }) },
    notes,
  };
}

export const readImage = (patches: Float32Array, hints: Int32Array | undefined): ReadImage => ({
  patches,
  hints,
  length: hints?.length ?? patches.length,
});

interface HintRows {
  readonly table: SampleTable;
  readonly images: PictureValues;
  readonly train: Int32Array;
  readonly targetOf: PreparedCaption['targetOf'];
  readonly split: SampleSplit;
  readonly wanted: number;
}

/** Of a training image no copy and no member of its group counts: images of the other parts have none of theirs either. */
function createHintRows({ table, images, train, targetOf, split, wanted }: HintRows) {
  const pixels = pixelsIn([images])!;
  const known: KnownImages = {
    count: train.length,
    pixelsOf: (index) => pixels(train[index]!),
    tokensOf: (index) => targetOf(train[index]!).subarray(1),
  };
  const areAlike = (a: number, b: number) =>
    table.hashes[a] === table.hashes[b] ||
    (split.by === 'group' && table.groups[a] !== '' && table.groups[a] === table.groups[b]);
  const kept: Int32Array[] = [];
  return {
    known,
    of(row: number): Int32Array {
      kept[row] ??= captionsOf(
        nearestImages(pixels(row), known, wanted, (index) => !areAlike(row, train[index]!)),
        known,
      );
      return kept[row];
    },
  };
}

function sourcesIn(table: SampleTable, rows: Int32Array, captionOf: (row: number) => string): Source[] {
  return [...Map.groupBy(rows, (row) => table.hashes[row]!).values()].map((members) => ({
    row: members[0]!,
    text: table.names[members[0]!]!,
    references: [...new Set(members.map(captionOf))],
  }));
}

function imagesIn(table: SampleTable, { input }: CaptionTask): PictureValues {
  const column = columnOf(table, input);
  if (column.kind === 'image') return column;
  const message = `task.input is "${input}", a column of the kind "${column.kind}"; choose a column of images.`;
  throw new HindcastError('invalid-input', message, { details: { field: 'task.input' } });
}

function partInfo(
  part: Part,
  all: readonly number[],
  kept: Int32Array,
  hasText: (row: number) => boolean,
  { mostSteps }: CaptionTask,
): PartInfo {
  const empty = all.filter((row) => !hasText(row)).length;
  const leftOut = [
    { reason: 'without a caption', windows: empty },
    {
      reason: `with more than ${mostSteps} tokens (task.mostSteps)`,
      windows: all.length - empty - kept.length,
    },
  ].filter(({ windows }) => windows > 0);
  return {
    part,
    rows: all.length,
    windows: kept.length,
    fromUs: null,
    toUs: null,
    ...(leftOut.length > 0 && { leftOut }),
  };
}

/** What is scored: the images of the test part with their captions, and the metrics. */
function fingerprintOf(
  task: CaptionTask,
  { hashes }: SampleTable,
  test: Int32Array,
  captionOf: (row: number) => string,
): string {
  const hash = createHash('sha256');
  const metrics = [...new Set(task.metrics)].sort();
  hash.update(JSON.stringify({ protocol: 1, task: task.kind, metrics }));
  const scored = Array.from(test, (row) => JSON.stringify([hashes[row], captionOf(row)])).sort();
  for (const line of scored) hash.update(`\n${line}`);
  return hash.digest('hex');
}

function noCaption(dataset: string, { target }: CaptionTask): HindcastError {
  const message = `The training part of "${dataset}" has no image with a text in ${target}; import captions, or name another column.`;
  return new HindcastError('too-few-rows', message, { details: { field: 'task.target' } });
}

function emptyPart(dataset: string, part: Part, { mostSteps }: CaptionTask): HindcastError {
  const message = `The ${part} part of "${dataset}" has no image with a caption of at most ${countText(mostSteps)} ${mostSteps === 1 ? 'token' : 'tokens'}; raise task.mostSteps, choose another split, or import more images.`;
  return new HindcastError('too-few-rows', message, { details: { field: 'task.mostSteps' } });
}
