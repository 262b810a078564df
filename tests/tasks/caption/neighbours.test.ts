// The captions of the nearest training images are read beside an image: which images these are, and that words are taken over from them.
import { createHash } from 'node:crypto';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { asCaptionTask } from '../../../engine/contract/tasks/caption.ts';
import { CaptionFrame } from '../../../engine/contract/tasks/caption-frame.ts';
import type { Picture, SampleTable } from '../../../engine/data/samples/sample-table.ts';
import { captionWriteJob } from '../../../engine/hosts/trainer/jobs/caption-views.ts';
import { predictPart } from '../../../engine/hosts/trainer/predict.ts';
import { parseExperiment } from '../../../engine/services/runs/start.ts';
import {
  captionsOf,
  knownImages,
  nearestImages,
  recordedImages,
} from '../../../engine/tasks/caption/neighbours.ts';
import { prepareCaption } from '../../../engine/tasks/caption/prepare.ts';
import { prepareTask } from '../../../engine/tasks/task-of.ts';
import { ABOUT, withProgram } from '../../export/exported-program.ts';
import { trainOn } from '../classify/made-samples.ts';
import { CAPTION_EXPERIMENT, endOf, fileOf, picturesOf, resumedHash, trainedOn } from './caption-runs.ts';

const known = {
  count: 4,
  pixelsOf: (index: number) =>
    Uint8Array.from(
      [
        [0, 0],
        [9, 0],
        [0, 9],
        [100, 100],
      ][index]!,
    ),
  tokensOf: (index: number) => Int32Array.from([[5, 1], [6, 7, 1], [8, 1], [1]][index]!),
};

test('the nearest come first, of equally near ones the first, and what is not allowed does not count', () => {
  const at = Uint8Array.from([1, 1]);
  expect(nearestImages(at, known, 3)).toEqual([0, 1, 2]);
  expect(nearestImages(at, known, 2, (index) => index !== 0)).toEqual([1, 2]);
  expect(nearestImages(at, known, 9)).toEqual([0, 1, 2, 3]);
  expect([...captionsOf([1, 2], known)]).toEqual([6, 7, 1, 8, 1]);
});

test('what a model keeps of its training images is plain JSON, and comes back', () => {
  const back = knownImages(JSON.parse(JSON.stringify(recordedImages(known))), 1);
  for (let index = 0; index < known.count; index++) {
    expect([...back.pixelsOf(index)]).toEqual([...known.pixelsOf(index)]);
    expect([...back.tokensOf(index)]).toEqual([...known.tokensOf(index)]);
  }
});

const SIDE = 8;
const NAMES = ['ant', 'bee', 'cow', 'dog', 'elk', 'fox', 'gnu', 'hen', 'ibis', 'jay', 'kite', 'lynx'];

/** Pictures of the same animal are alike, whatever its group; how each looks says nothing of its name. */
function madeAnimals(side = SIDE, channels = 1): SampleTable {
  const made = NAMES.flatMap((name, animal) =>
    Array.from({ length: 15 }, (_, one) => {
      const pixels = Uint8Array.from(
        { length: side * side * channels },
        (_pixel, at) =>
          (createHash('sha256').update(`${name} ${at}`).digest()[0]! & 0xf0) + ((one * 7 + at) % 13),
      );
      return { name, group: `${animal} ${Math.floor(one / 3)}`, pixels };
    }),
  );
  return {
    rows: made.length,
    names: made.map((_, row) => `${row}.png`),
    groups: made.map(({ group }) => group),
    parts: made.map(() => ''),
    hashes: made.map(({ pixels }) => createHash('sha256').update(pixels).digest('hex')),
    columns: [
      {
        name: 'image',
        kind: 'image',
        pictures: made.map(({ pixels }): Picture => ({ width: side, height: side, channels, pixels })),
      },
      { name: 'caption', kind: 'text', texts: made.map(({ name }) => `this is a ${name}`) },
    ],
  };
}

const TABLE = madeAnimals();
const CONFIGURATION = {
  ...CAPTION_EXPERIMENT,
  name: 'animals',
  task: { ...CAPTION_EXPERIMENT.task, neighbours: 2, patches: { side: 8, step: 8 }, mostSteps: 6, beam: 1 },
  split: { kind: 'samples', by: 'group' },
  model: { ...CAPTION_EXPERIMENT.model, units: 12 },
  training: { ...CAPTION_EXPERIMENT.training, epochs: 12 },
};

test('neighbours are training images of other groups', () => {
  const experiment = parseExperiment(CONFIGURATION);
  const prepared = prepareCaption({ ...experiment, task: asCaptionTask(experiment.task) }, TABLE, 'animals');
  const [row] = prepared.parts.train;
  const others = prepared.parts.train.filter((one) => TABLE.groups[one] !== TABLE.groups[row!]);
  const { hints } = prepared.sourceOf(row!);
  const name = prepared.captionOf(row!);
  // Two captions, each with an end sign, of the same animal in another group.
  expect(prepared.target.textOf(hints!)).toBe(name);
  expect(hints).toHaveLength(2 * (prepared.targetOf(row!).length - 1));
  expect(others.length).toBeGreaterThan(0);
});

type Trained = Awaited<ReturnType<typeof trainedOn>>;

async function writtenForTest({ job, environment }: Trained) {
  const { header, columns } = CaptionFrame.decode(
    await predictPart({ ...job, part: 'test' }, environment.openSource),
  );
  const picture = fileOf(picturesOf(TABLE)[columns.sample[0]!]!);
  const { text } = await captionWriteJob.run({ ...job, picture, beam: 1 }, environment);
  expect(text, 'of a file the same is written').toBe(header.written[0]);
  return { header, columns };
}

test('trained, it takes words over, resumes bit for bit, and writes for a file what it writes for the test part', async () => {
  const trained = await trainedOn(TABLE, CONFIGURATION);
  expect(await resumedHash(TABLE, CONFIGURATION, 17)).toBe(trained.ended.weightsHash);
  expect(trained.testScore('model', 'chrf')).toBeGreaterThan(95);
  await writtenForTest(trained);
});

test.each([
  ['as they are', 8, 1],
  ['reduced to 16 pixels a side', 21, 3],
])(
  'exported, its program finds the same neighbours and writes the same captions: images %s',
  async (_, side, channels) => {
    const table = madeAnimals(side, channels);
    const task = { ...CONFIGURATION.task, patches: { side, step: side } };
    const model = { ...CONFIGURATION.model, cell: channels === 1 ? 'lstm' : 'gru' };
    const configuration = {
      ...CONFIGURATION,
      task,
      model,
      training: { ...CONFIGURATION.training, epochs: 10 },
    };
    const trained = await trainedOn(table, configuration);
    const machine = await trained.prepared.open();
    const files = await machine.exportModel!({ trained: trained.model, about: ABOUT, threads: 1 });
    const known = files.find(({ name }) => name === 'known.bin')!.data;
    const some = picturesOf(table).filter((_picture, row) => row % 15 === 2);
    const theirs = await withProgram(files, 'caption', ({ program, encoder, decoder, form }) => {
      const opened = { encoder, decoder, form, known } as never;
      const written = some.map(
        ({ pixels }) => program.caption!(tf as never, opened, pixels as never) as string,
      );
      // Without the captions of its neighbours the same model writes something else.
      const blank = { ...(form as { neighbours: object }) };
      const others = { ...blank, neighbours: { ...blank.neighbours, count: 1 } };
      const alone = {
        encoder,
        decoder,
        form: others,
        known: new Uint8Array(known.length).fill(255),
      } as never;
      expect(some.map(({ pixels }) => program.caption!(tf as never, alone, pixels as never))).not.toEqual(
        written,
      );
      return written;
    });
    expect(new Set(theirs).size).toBeGreaterThan(3);
    const ours: string[] = [];
    for (const picture of some) {
      const asked = { ...trained.job, picture: fileOf(picture), beam: 1 };
      ours.push((await captionWriteJob.run(asked, trained.environment)).text);
    }
    expect(theirs).toEqual(ours);
  },
);

test('a share of the captions changes what is chosen, not what is learned', async () => {
  const quick = { ...CONFIGURATION, training: { ...CONFIGURATION.training, epochs: 1 } };
  const trained = await trainedOn(TABLE, { ...quick, task: { ...quick.task, neighbourShare: 0.6 } });
  expect(trained.ended.weightsHash).toBe(endOf(await trainOn(TABLE, quick)).weightsHash);
  const { header, columns } = await writtenForTest(trained);
  // After one epoch the model has no words yet, but its neighbours have.
  expect(header.written).toEqual(header.nearest);
  expect(columns.logProbability.every((value) => value < 0 && Number.isFinite(value))).toBe(true);
});

test.each([
  [{ model: { kind: 'attention', units: 16, heads: 2, layers: 1 } }, 'set task.neighbours to 0'],
  [{ task: { ...CONFIGURATION.task, embedding: 15 } }, 'task.embedding has to be even; it is 15'],
  [{ task: { ...CONFIGURATION.task, neighbours: 9 } }, 'neighbours'],
  [
    { task: { ...CONFIGURATION.task, neighbours: 0, neighbourShare: 0.5 } },
    'set task.neighbours to 1 or more',
  ],
])('a model that cannot read them is refused by its field', async (change, message) => {
  const data = { kind: 'samples' as const, name: 'animals', samples: TABLE };
  await expect(async () =>
    prepareTask(parseExperiment({ ...CONFIGURATION, ...change }), data).open(),
  ).rejects.toThrow(message);
});
