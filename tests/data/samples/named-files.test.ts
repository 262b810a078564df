// A folder of pictures with a table that names them otherwise than by their paths below the folder.
import { expect, test } from 'vitest';
import { imported, ownFolder } from './imported.ts';
import { pngOf } from './picture-files.ts';

const { file, folder } = ownFolder();

const COUNT = 6;
const picture = (index: number) => pngOf(8, 8, (x, y) => [x * 9, y * 9, index * 40]);
const caption = (index: number) => `a picture of ${index} and more`;

/** A table over pictures below `images`. */
function written(name: string, table: string, lineOf: (index: number) => string, encode = utf8): string {
  for (let index = 0; index < COUNT; index++) file(`${name}/images/Bird${index}.png`, picture(index));
  const lines = Array.from({ length: COUNT }, (_, index) => lineOf(index));
  file(`${name}/${table}`, encode(`image,caption\n${lines.join('\n')}\n`));
  return `${folder}/${name}`;
}

const utf8 = (text: string): Buffer => Buffer.from(text);
const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');

const READ = { rows: COUNT, info: { input: 'image', captions: { target: 'caption' } } };

test.each([
  ['by the last part of its path', (index: number) => `Bird${index}.png`],
  ['in another case', (index: number) => `IMAGES/BIRD${index}.PNG`],
  ['without its ending', (index: number) => `Bird${index}`],
  ['by its path on another machine', (index: number) => `/data/set/Bird${index}.png`],
  ['by its path on Windows', (index: number) => `C:\\data\\Bird${index}.png`],
])('a picture is named %s', async (way, nameOf) => {
  const path = written(way, 'captions.csv', (index) => `${nameOf(index)},${caption(index)}`);
  expect((await imported(path, {})).samples).toMatchObject(READ);
});

test('the table is in UTF-16, or called captions.txt, or one of two tables', async () => {
  const lineOf = (index: number) => `Bird${index}.png,${caption(index)}`;
  const wide = written('wide', 'captions.csv', lineOf, utf16);
  expect((await imported(wide, {})).samples).toMatchObject(READ);
  expect((await imported(written('text', 'captions.txt', lineOf), {})).samples).toMatchObject(READ);
  const two = written('two', 'captions.csv', lineOf);
  file('two/sources.csv', 'site,count\nhere,2\nthere,4\n');
  expect((await imported(two, {})).samples).toMatchObject(READ);
  file('two/again.csv', 'image,caption\nBird1.png,once more\n');
  await expect(imported(two, {})).rejects.toThrow(
    'has several tables that name its files (again.csv, captions.csv); leave one',
  );
});

test('pictures of another form are set aside, not read as words', async () => {
  const path = written('forms', 'captions.csv', (index) =>
    index < 2 ? `Bird${index}.png,${caption(index)}` : `Bird${index}.webp,${caption(index)}`,
  );
  for (let index = 2; index < COUNT; index++) file(`forms/images/Bird${index}.webp`, 'RIFF1234WEBP');
  const { samples, report } = await imported(path, {});
  expect(samples).toMatchObject({ ...READ, rows: 2 });
  expect(report.setAside[0]).toMatchObject({ raw: 'Bird2.webp', reason: /no picture of a known form/ });
});

test('a name that two files have is set aside; no name leads out of the folder', async () => {
  const path = written('same', 'captions.csv', (index) =>
    index === 5 ? '../Bird9.png,out' : `Bird${index}.png,${caption(index)}`,
  );
  file('same/more/Bird3.png', picture(3));
  file('Bird9.png', picture(9));
  const { report } = await imported(path, {});
  expect(report.setAside.map(({ raw, reason }) => [raw, reason])).toEqual([
    ['Bird3.png', 'several files below the folder are named so (images/Bird3.png, more/Bird3.png)'],
    ['../Bird9.png', 'it leads out of the folder of the table'],
  ]);
});

test('folders of one name below several classes are said to be one class; parts are no such folders', async () => {
  for (const place of ['cat', 'cat/small', 'dog', 'dog/small'])
    for (let index = 0; index < 3; index++) file(`deep/${place}/${place[0]}${index}.png`, picture(index));
  const { report } = await imported(`${folder}/deep`, {});
  expect(report.notes.join(' ')).toContain('The class "small" is of several folders (cat/small, dog/small)');
  for (const part of ['train', 'test'])
    for (const place of ['cat', 'dog']) file(`given/${part}/${place}/${part}.png`, picture(part.length));
  expect((await imported(`${folder}/given`, {})).report.notes.join(' ')).not.toContain('several folders');
});

test('pictures side by side in one folder: what they could be', async () => {
  for (let index = 0; index < COUNT; index++) file(`flat/${index}.gif`, picture(index));
  await expect(imported(`${folder}/flat`, {})).rejects.toThrow(
    /has 6 pictures that are in no sub-folder.*--as frames/,
  );
});
