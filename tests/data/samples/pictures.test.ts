// Pictures become samples: decoded, reduced to one size by area averages, damaged ones set aside with the reason.
import { expect, test } from 'vitest';
import { turned } from '../../../engine/data/samples/import/pictures/orientation.ts';
import { readPicture } from '../../../engine/data/samples/import/pictures/picture-file.ts';
import { fitInto, inForm } from '../../../engine/data/samples/pictures/reduce.ts';
import { samplePageJob } from '../../../engine/hosts/trainer/jobs/samples.ts';
import { samplesFrom } from '../../../engine/store/datasets/sample-reader.ts';
import { sourceOf } from '../../tasks/classify/made-samples.ts';
import { imported, ownFolder } from './imported.ts';
import { gifOf, jpegOf, pngOf } from './picture-files.ts';

const { file, folder } = ownFolder();

const grey = (level: number) => [level, level, level] as const;
const still = (width: number, pixels: readonly number[]) => ({
  width,
  height: pixels.length / width,
  channels: 1,
  pixels: Uint8Array.from(pixels),
});

async function tableOf(path: string, options: Parameters<typeof imported>[1] = {}) {
  const { samples, chunks, report } = await imported(path, options);
  const table = samplesFrom(samples!.info, chunks);
  const input = table.columns[0]!;
  if (!('pictures' in input)) return expect.unreachable();
  return { table, info: samples!.info, report, pictures: input.pictures, kind: input.kind };
}

test('a picture is reduced to the mean of what each pixel covers', () => {
  expect([
    ...fitInto(still(4, [0, 100, 10, 20, 200, 100, 30, 40, 1, 1, 2, 2, 1, 1, 2, 2]), 2).pixels,
  ]).toEqual([100, 25, 1, 2]);
  // Pixels that lie in two new ones count in both, by their share: (0 * 1 + 90 * 0.5) / 1.5 and (90 * 0.5 + 60 * 1) / 1.5.
  expect([...fitInto(still(3, [0, 90, 60, 0, 90, 60, 0, 90, 60]), 2).pixels]).toEqual([30, 70, 30, 70]);
});

test('the whole of a narrow picture stays, and its edge is repeated beside it', () => {
  expect([...fitInto(still(1, [10, 20, 30, 40]), 4).pixels]).toEqual(
    [10, 20, 30, 40].flatMap((level) => [level, level, level, level]),
  );
  expect([...fitInto(still(4, [0, 0, 80, 80]), 2).pixels]).toEqual([0, 80, 0, 80]);
});

test('transparent is white, and grey is what red, green and blue look like', () => {
  const png = pngOf(2, 1, (x) => (x === 0 ? [255, 0, 0, 0] : [0, 0, 255, 255]));
  const { frames } = readPicture(png, 1);
  expect([...frames[0]!.pixels]).toEqual([255, 255, 255, 0, 0, 255]);
  expect([...inForm(frames, { side: 2, channels: 1 }).pixels]).toEqual([255, 29, 255, 29]);
});

test('a JPEG is turned as its camera says', () => {
  const found = readPicture(
    jpegOf(16, 8, (x) => grey(x < 8 ? 0 : 255)),
    1,
  ).frames[0]!;
  expect([found.width, found.height, found.pixels[0], found.pixels.at(-1)]).toEqual([16, 8, 0, 255]);
  const rgba = Uint8Array.from([1, 2, 3, 4, 5, 6].flatMap((level) => [level, 0, 0, 255]));
  const levels = (orientation: number) => {
    const to = turned({ width: 3, height: 2, rgba }, orientation);
    return [to.width, ...to.rgba.filter((_, at) => at % 4 === 0)];
  };
  expect([1, 2, 3, 4, 5, 6, 7, 8].map(levels)).toEqual([
    [3, 1, 2, 3, 4, 5, 6],
    [3, 3, 2, 1, 6, 5, 4],
    [3, 6, 5, 4, 3, 2, 1],
    [3, 4, 5, 6, 1, 2, 3],
    [2, 1, 4, 2, 5, 3, 6],
    [2, 4, 1, 5, 2, 6, 3],
    [2, 6, 3, 5, 2, 4, 1],
    [2, 3, 6, 2, 5, 1, 4],
  ]);
});

test('frames of a GIF are drawn over each other, cleared or restored as each of them says', () => {
  const one = (level: number, left: number, disposal = 1) => ({
    left,
    width: 1,
    height: 1,
    levels: [level],
    disposal,
  });
  const gif = gifOf(3, 1, [
    { width: 3, height: 1, levels: [10, 20, 30] },
    one(99, 0, 3),
    one(88, 1, 2),
    { width: 3, height: 1, levels: [-1, -1, 77] },
  ]);
  const { frames, left } = readPicture(gif, 3);
  expect(left).toBe(1);
  const rows = readPicture(gif, 9).frames.map(({ pixels }) => [...pixels].filter((_, at) => at % 3 === 0));
  expect(rows).toEqual([
    [10, 20, 30],
    [99, 20, 30],
    [10, 88, 30],
    [10, 255, 77],
  ]);
  expect(frames).toHaveLength(3);
});

test('a folder with a sub-folder a class, and what cannot be read is set aside with the reason', async () => {
  const square = (level: number) => pngOf(6, 6, () => grey(level));
  file('animals/cat/1.png', square(10));
  file(
    'animals/cat/2.jpg',
    jpegOf(8, 8, () => grey(60)),
  );
  file('animals/dog/1.gif', gifOf(2, 2, [{ width: 2, height: 2, levels: [1, 2, 3, 4] }]));
  file('animals/dog/2.png', square(90));
  const whole = square(1);
  file('animals/dog/cut.png', whole.subarray(0, whole.length - 25));
  const bomb = Buffer.from(whole);
  bomb.writeUInt32BE(100_000, 16);
  bomb.writeUInt32BE(100_000, 20);
  file('animals/dog/huge.png', bomb);
  file('animals/dog/words.png', 'no picture');
  const jpeg = jpegOf(40, 40, (x, y) => grey((x * y) % 256));
  file('animals/dog/cut.jpg', jpeg.subarray(0, jpeg.length / 2));
  file('animals/dog/cut.gif', gifOf(2, 2, [{ width: 2, height: 2, levels: [1, 2, 3, 4] }]).subarray(0, 800));
  file('animals/dog/wide.gif', gifOf(2, 2, [{ width: 60_000, height: 60_000, levels: [1] }]));
  const { table, info, report, pictures, kind } = await tableOf(`${folder}/animals`);
  expect(kind).toBe('image');
  expect(info).toMatchObject({
    form: 'a folder for each class',
    input: 'image',
    label: 'label',
    group: null,
    classes: [
      { name: 'cat', samples: 2 },
      { name: 'dog', samples: 2 },
    ],
  });
  expect(info.columns[0]).toMatchObject({ picture: { width: 8, height: 8, channels: 1 }, max: 8 });
  expect(table.names).toEqual(['cat/1.png', 'cat/2.jpg', 'dog/1.gif', 'dog/2.png']);
  expect(pictures.map(({ pixels }) => pixels.length)).toEqual([64, 64, 64, 64]);
  expect(pictures[0]!.pixels.every((level) => level === 10)).toBe(true);
  expect(Object.fromEntries(report.setAside.map(({ raw, reason }) => [raw.slice(4), reason]))).toEqual({
    'cut.gif': 'it is no GIF file that can be read: it is damaged or cut off',
    'cut.jpg': 'it is no JPEG file that can be read: it is damaged or cut off',
    'cut.png': 'it is no PNG file that can be read: it is damaged or cut off',
    'huge.png':
      'it is no PNG file that can be read: it says 100000 x 100000 pixels, more than 50 million; reduce it first',
    'wide.gif': 'it is no GIF file that can be read: a frame of it lies outside of its picture',
    'words.png': 'it is no picture of a known form: .png, .jpg, .gif',
  });
});

test('the size and the colours are chosen; by default a large colour picture has 32 pixels a side', async () => {
  file(
    'sizes/a/1.png',
    pngOf(50, 40, () => [200, 10, 10]),
  );
  file(
    'sizes/b/1.png',
    pngOf(5, 5, () => [10, 10, 200]),
  );
  const usual = await tableOf(`${folder}/sizes`);
  expect(usual.info.columns[0]!.picture).toEqual({ width: 32, height: 32, channels: 3 });
  const chosen = await tableOf(`${folder}/sizes`, { pictureSize: 8, pictureColour: 'grey' });
  expect(chosen.info.columns[0]!.picture).toEqual({ width: 8, height: 8, channels: 1 });
});

test('a table that names pictures, with their labels', async () => {
  file(
    'named/pictures/x.png',
    pngOf(4, 4, () => grey(5)),
  );
  file(
    'named/pictures/y.png',
    pngOf(4, 4, () => grey(9)),
  );
  file(
    'named/labels.csv',
    'path,label\npictures/x.png,low\npictures/x.png,low\npictures/y.png,high\npictures/z.png,high\n',
  );
  const { info, report, table } = await tableOf(`${folder}/named`);
  expect(info).toMatchObject({ form: 'a table that names pictures', input: 'image', label: 'label' });
  expect(table.rows).toBe(3);
  expect(report.setAside[0]!.reason).toBe('there is no such file beside the table');
});

test('videos are GIFs and folders of numbered pictures, in the order of their numbers', async () => {
  for (const [frame, level] of [
    [2, 20],
    [10, 100],
    [1, 10],
  ] as const)
    file(
      `clips/up/one/frame-${frame}.png`,
      pngOf(2, 2, () => grey(level)),
    );
  const frames = [7, 8].map((level) => ({ width: 2, height: 2, levels: [level, level, level, level] }));
  file('clips/down/two.gif', gifOf(2, 2, frames));
  const { info, table, pictures, kind } = await tableOf(`${folder}/clips`, { as: 'frames' });
  expect(kind).toBe('frames');
  expect(info).toMatchObject({ form: 'videos', input: 'frames', label: 'label' });
  expect(table.names).toEqual(['down/two.gif', 'up/one']);
  expect(pictures.map(({ pixels }) => [...pixels].filter((_, at) => at % 4 === 0))).toEqual([
    [7, 8],
    [10, 20, 100],
  ]);
  expect(info.columns[0]).toMatchObject({ min: 2, max: 3 });
});

test('a table of pictures and sentences: captions', async () => {
  file(
    'captions/1.png',
    pngOf(4, 4, () => grey(5)),
  );
  file(
    'captions/2.png',
    pngOf(4, 4, () => grey(9)),
  );
  file('captions/captions.csv', 'image,caption\n1.png,a dark square\n2.png,"a square, less dark"\n2.png,\n');
  const { info, table, report } = await tableOf(`${folder}/captions`);
  expect(info).toMatchObject({ input: 'image', label: null, captions: { target: 'caption' } });
  expect(table.columns.map(({ kind }) => kind)).toEqual(['image', 'text']);
  expect(report.setAside).toHaveLength(1);
  // A page of them has its pictures one after the other, and each caption beside its own.
  const version = { workspacePath: '', datasetVersionId: 1, info, rows: 2 };
  const environment = { openSource: sourceOf(table) } as Parameters<typeof samplePageJob.run>[1];
  const page = await samplePageJob.run({ ...version, from: 0, most: 20 }, environment);
  expect(page.samples.map(({ shown, label }) => [shown, label])).toEqual([
    ['4 x 4, grey', 'a dark square'],
    ['4 x 4, grey', 'a square, less dark'],
  ]);
  expect(page.pictures).toMatchObject({ width: 4, height: 4, channels: 1 });
  expect([page.pictures!.pixels.length, page.pictures!.pixels[0], page.pictures!.pixels[31]]).toEqual([
    32, 5, 9,
  ]);
});

test('a table of pictures whose captions are all empty is refused by that column', async () => {
  file(
    'silent/1.png',
    pngOf(8, 8, () => [10, 10, 10]),
  );
  file(
    'silent/2.png',
    pngOf(8, 8, () => [90, 90, 90]),
  );
  file('silent/captions.csv', 'image,caption\n1.png,\n2.png,\n');
  await expect(tableOf(`${folder}/silent`)).rejects.toThrow(
    'the column "caption" is empty in all 2 rows; fill it',
  );
  // None of the images that the table names is there.
  file('lost/captions.csv', 'image,caption\n1.png,a square\n2.png,a disc\n');
  await expect(tableOf(`${folder}/lost`)).rejects.toThrow(
    'has the table captions.csv, but no file of a sample that it could name; put the pictures, recordings or texts beside it, or import the table alone.',
  );
});

test('a package of emoji: names as captions, skin tones in one group', async () => {
  const entry = (name: string, unified: string, more: object = {}) => ({
    name,
    unified,
    image: `${unified.toLowerCase()}.png`,
    ...more,
  });
  const toned = { '1F3FB': { image: '1f44b-1f3fb.png' }, '1F3FE-1F3FB': { image: '1f44b-1f3fe.png' } };
  const list = [entry('WAVING HAND', '1F44B', { skin_variations: toned }), entry('CAT', '1F431')];
  file('emoji/emoji.json', JSON.stringify(list));
  for (const name of ['1f44b', '1f44b-1f3fb', '1f44b-1f3fe'])
    file(
      `emoji/img/google/64/${name}.png`,
      pngOf(4, 4, () => grey(name.length)),
    );
  const { table, info, report } = await tableOf(`${folder}/emoji`);
  expect(info).toMatchObject({
    form: 'emoji with their names',
    captions: { target: 'caption' },
    label: null,
  });
  expect(table.groups).toEqual(['1F44B', '1F44B', '1F44B']);
  const [, captions] = table.columns;
  expect(captions).toMatchObject({
    texts: ['waving hand', 'waving hand: light skin tone', 'waving hand: medium-dark and light skin tone'],
  });
  expect(report.setAside.map(({ raw }) => raw)).toEqual(['1f431.png']);
  file('emoji/emoji.json', '[{"image": "../../secret.png"}]');
  await expect(tableOf(`${folder}/emoji`)).rejects.toThrow('has another form than that of emoji-datasource');
});

test.each([
  ['a.mp4', '\0\0\0\x18ftypisom....moov....avc1', 'MP4, H.264'],
  ['b.webm', '\x1a\x45\xdf\xa3....V_VP9', 'WebM, VP9'],
  ['c.mov', '\0\0\0\x14ftypqt  ....', 'MP4'],
  ['d.avi', 'RIFF....AVI ....MJPG', 'AVI, Motion JPEG'],
])('the video %s is refused by its codec, with a way to its frames', async (name, bytes, what) => {
  const path = file(name, Buffer.from(bytes, 'latin1'));
  await expect(imported(path, {})).rejects.toThrow(`${name} is a video (${what}), which is not decoded here`);
});

test('a folder of videos says that it holds them, and what the first one is', async () => {
  file('films/cats/1.mp4', Buffer.from('\0\0\0\x18ftypisom....moov....avc1', 'latin1'));
  file('films/dogs/2.mp4', Buffer.from('\0\0\0\x18ftypisom....moov....hvc1', 'latin1'));
  await expect(imported(`${folder}/films`, {})).rejects.toThrow(
    'films holds videos (2 of 2 files; cats/1.mp4: MP4, H.264), which are not decoded here; import them in the window by its button Choose videos',
  );
});

test('one picture by itself is an image without a label, and one GIF a video', async () => {
  const png = await tableOf(
    file(
      'alone.png',
      pngOf(4, 4, () => grey(5)),
    ),
  );
  expect(png.info).toMatchObject({ input: 'image', label: null, form: 'a picture' });
  expect(png.table.names).toEqual(['alone.png']);
  const frames = [7, 8].map((level) => ({ width: 2, height: 2, levels: [level, level, level, level] }));
  const path = file('alone.gif', gifOf(2, 2, frames));
  expect((await tableOf(path)).kind).toBe('image');
  const video = await tableOf(path, { as: 'frames', unlabelled: true });
  expect([video.kind, video.pictures[0]!.pixels.length]).toEqual(['frames', 8]);
  await expect(imported(file('broken.png', png.pictures[0]!.pixels), {})).rejects.toThrow();
});

test('folders of numbered frames that are read as classes are said to be videos perhaps', async () => {
  const numbers = ['001', '002', '003'];
  for (const clip of ['a', 'b'])
    for (const number of numbers)
      file(
        `numbered/${clip}/f_${number}.png`,
        pngOf(2, 2, () => grey(Number(number))),
      );
  const { info, report } = await tableOf(`${folder}/numbered`);
  expect(info.label).toBe('label');
  expect(report.notes.join()).toContain('--as frames) reads it as one');
  expect((await tableOf(`${folder}/numbered`, { as: 'frames' })).report.notes.join()).not.toContain('--as');
  file(
    'numbered/b/other.png',
    pngOf(2, 2, () => grey(9)),
  );
  expect((await tableOf(`${folder}/numbered`)).report.notes.join()).not.toContain('--as frames');
});
