// Recordings of every form: what libsndfile reads of them (tests/golden/recordings), broken ones, and tables that name them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRecording } from '../../../engine/data/samples/import/sound/recording.ts';
import { imported, ownFolder } from './imported.ts';

const { file } = ownFolder();

interface Golden {
  readonly name: string;
  readonly rate: number;
  readonly frames: number;
  /** Steps between the samples of `wave`. */
  readonly every: number;
  readonly wave: readonly number[];
}

const FOLDER = join(import.meta.dirname, '../../golden/recordings');
const bytesOf = (name: string): Buffer => readFileSync(join(FOLDER, name));
const GOLDEN = JSON.parse(bytesOf('recordings.json').toString()) as readonly Golden[];
const lossless = GOLDEN.filter(({ name }) => name.endsWith('.flac'));
const lossy = GOLDEN.filter(({ name }) => !name.endsWith('.flac'));

const everyOf = (wave: Int16Array, step: number): number[] => [...wave].filter((_, at) => at % step === 0);

test.each(lossless)('$name is read without a loss', async ({ name, rate, frames, every, wave }) => {
  const clip = await readRecording(bytesOf(name), name);
  expect(clip.rate).toBe(rate);
  expect(clip.wave).toHaveLength(frames);
  expect(everyOf(clip.wave, every)).toEqual(wave);
});

test.each(lossy)('$name is read as another decoder reads it', async ({ name, rate, frames, every, wave }) => {
  const clip = await readRecording(bytesOf(name), name);
  expect(clip.rate).toBe(rate);
  // Of MP3 the silence of the encoder stays before the sound, and the last frame is whole.
  const before = name.endsWith('.mp3') ? shiftOf(clip.wave, wave, every) : 0;
  expect(clip.wave.length - frames).toBeGreaterThanOrEqual(before);
  expect(clip.wave.length - frames).toBeLessThanOrEqual(name.endsWith('.mp3') ? 3 * 1_152 : 0);
  const found = everyOf(clip.wave.subarray(before), every).slice(0, wave.length);
  expect(differenceOf(found, wave)).toBeLessThan(8);
});

const differenceOf = (found: readonly number[], wave: readonly number[]): number =>
  wave.reduce((most, value, at) => Math.max(most, Math.abs(value - found[at]!)), 0);

/** Samples before the sound that fit best. */
function shiftOf(found: Int16Array, wave: readonly number[], every: number): number {
  const missed = (shift: number) =>
    wave.reduce((sum, value, at) => sum + Math.abs(value - (found[shift + at * every] ?? 0)), 0);
  return Array.from({ length: 3 * 1_152 }, (_, shift) => shift).reduce((best, shift) =>
    missed(shift) < missed(best) ? shift : best,
  );
}

test.each(['one.flac', 'one.ogg', 'one.opus', 'two.mp3'])(
  'broken files like %s are refused',
  async (name) => {
    const whole = bytesOf(name);
    const reason = async (data: Buffer) =>
      readRecording(data, name).then(
        () => 'read',
        (error: Error) => error.message,
      );
    const refused = /^it is no \w+ file that can be read: /;
    expect(await reason(Buffer.alloc(0))).toMatch(refused);
    expect(await reason(Buffer.from('no recording at all, but a text'))).toMatch(refused);
    for (let length = 1; length < whole.length; length += Math.ceil(whole.length / 8))
      expect(await reason(whole.subarray(0, length))).toMatch(new RegExp(`${refused.source}|^read$`));
    for (let at = 3; at < whole.length; at += Math.ceil(whole.length / 12)) {
      const bent = Buffer.from(whole);
      bent[at]! ^= 0x55;
      expect(await reason(bent)).toMatch(new RegExp(`${refused.source}|^read$`));
    }
  },
);

test('a frame of FLAC whose checksum is wrong is refused, and so is a file that was cut off', async () => {
  const whole = bytesOf('one.flac');
  const bent = Buffer.from(whole);
  bent[whole.length - 200]! ^= 1;
  await expect(readRecording(bent, 'one.flac')).rejects.toThrow(/FLAC.*(checksum|cut off)/);
  await expect(readRecording(whole.subarray(0, whole.length - 40), 'one.flac')).rejects.toThrow(/cut off/);
});

test('a table that names recordings is read with them; names that are not there, or lead out, are set aside', async () => {
  for (const [index, name] of ['one.flac', 'one.ogg', 'two.mp3', 'one.opus'].entries())
    file(`calls/clips/${index}.${name.split('.')[1]}`, bytesOf(name));
  const rows = [
    'path,bird,speaker',
    'clips/0.flac,owl,a',
    'clips/1.ogg,owl,b',
    'clips/2.mp3,jay,a',
    'clips/3.opus,jay,b',
    'clips/gone.wav,jay,b',
    '../other.wav,owl,a',
  ];
  const table = file('calls/birds.csv', `${rows.join('\n')}\n`);
  for (const path of [table, join(table, '..')]) {
    const { samples, report } = await imported(path, {});
    expect(samples?.rows).toBe(4);
    expect(samples?.info).toMatchObject({ input: 'audio', label: 'bird', group: 'speaker' });
    expect(report.setAside.map(({ reason }) => reason)).toEqual([
      'there is no such file beside the table',
      'it leads out of the folder of the table',
    ]);
  }
});

test('a table that names texts is read with them', async () => {
  for (const name of ['a', 'b', 'c', 'd']) file(`letters/${name}.txt`, `the text of ${name}`);
  const list = ['a', 'b', 'c', 'd'].map((name, at) =>
    JSON.stringify({ file: `${name}.txt`, label: at % 2 === 0 ? 'even' : 'odd' }),
  );
  const { samples } = await imported(file('letters/list.jsonl', `${list.join('\n')}\n`), {});
  expect(samples).toMatchObject({ rows: 4, info: { input: 'text', label: 'label' } });
  const apart = await imported(file('apart/list.jsonl', `${list.join('\n')}\n`), {});
  expect(apart.report.notes.join()).toMatch(/names files, but none of them lies beside the table/);
});
