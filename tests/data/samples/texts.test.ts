// Texts without labels are imported as texts to learn to write: novels whole, lists line by line, tunes one by one.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ImportOptions } from '../../../engine/contract/datasets/dataset.ts';
import { MIDI_FORM } from '../../../engine/contract/datasets/samples.ts';
import { writeMidi } from '../../../engine/data/music/midi-file.ts';
import { isProse } from '../../../engine/data/samples/import/text-form.ts';
import { decodePieces } from '../../../engine/store/datasets/chunk-codec.ts';
import { writeZip } from '../../../renderer/shell/zip.ts';
import { imported, ownFolder } from './imported.ts';

const { file, folder } = ownFolder();

async function read(path: string, options: ImportOptions = {}) {
  const { samples, report, chunks } = await imported(path, options);
  const texts = chunks
    .filter(({ column }) => column === 0)
    .flatMap((chunk) => decodePieces(chunk).map((piece) => new TextDecoder().decode(piece)));
  return { info: samples?.info ?? expect.unreachable(), report, texts };
}

/** As a page packs a folder that is dropped on it: its files stand in the archive as they are. */
async function packed(name: string, contents: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>) {
  const entries = Object.entries(contents).map(([path, content]) => ({
    name: path,
    content: new File([content], path),
  }));
  return file(name, new Uint8Array(await (await writeZip(entries, new Date(0))).arrayBuffer()));
}

const NOVEL = `Call me Ishmael. Some years ago, never mind how long,\nI thought I would sail about a little\n\n${'and see the watery part of the world; it is a way I have.\n'.repeat(30)}`;
const NAMES = ['Ada', 'Grace', 'Edsger', 'Barbara', 'Alan'].flatMap((name) =>
  [1, 2, 3, 4, 5].map((index) => name + 'aeiou'[index - 1]),
);
const TUNE = (number: number, notes: string) =>
  `X: ${number}\nT:Tune ${number}\n% a comment\nM:6/8\nK:D\n${notes}\n`;

test('a novel is one text, a list has a text in each line, and the options say otherwise', async () => {
  const novel = await read(file('novel.txt', NOVEL));
  expect(novel.info).toMatchObject({ form: 'one text', input: 'text', label: null, classes: [] });
  expect(novel.texts).toEqual([NOVEL]);
  const names = await read(file('names.txt', NAMES.join('\r\n')));
  expect(names.info.form).toBe('a text in each line');
  expect(names.texts).toEqual(NAMES);
  expect(names.report.notes.join()).toContain('--as text) reads the file as one');
  expect((await read(file('names.txt', NAMES.join('\n')), { as: 'text' })).texts).toHaveLength(1);
  expect((await read(file('novel.md', NOVEL), { as: 'lines' })).texts).toHaveLength(32);
});

test('other encodings are read and said; what is no text is refused in one sentence', async () => {
  const small = Uint8Array.from('naïve café au lait', (letter) => letter.charCodeAt(0));
  const latin = await read(file('latin.txt', small), { as: 'text' });
  expect(latin.texts).toEqual(['naïve café au lait']);
  expect(latin.report.notes.join()).toContain(
    'read as windows-1252, a guess from its bytes: if words look wrong',
  );
  // Signs that Latin-1 has no place for.
  const signs = Uint8Array.from([0x93, ...Buffer.from('na'), 0xef, ...Buffer.from('ve'), 0x94, 0x20, 0x80]);
  expect((await read(file('signs.txt', signs), { as: 'text' })).texts).toEqual([
    '\u201cna\u00efve\u201d \u20ac',
  ]);
  const kana = Uint8Array.from([0x93, 0xfa, 0x96, 0x7b, 0x8c, 0xea, 0x82, 0xcc, 0x95, 0xb6]);
  const found = await read(
    file(
      'kana.txt',
      Buffer.concat(Array.from({ length: 40 }, () => Buffer.concat([kana, Buffer.from('\n')]))),
    ),
    { as: 'lines' },
  );
  expect(new Set(found.texts)).toEqual(new Set(['\u65e5\u672c\u8a9e\u306e\u6587']));
  expect(found.report.notes.join()).toContain('read as shift_jis');
  const named = await read(file('named.txt', kana), { as: 'text', encoding: 'shift_jis' });
  expect(named.texts).toEqual(['\u65e5\u672c\u8a9e\u306e\u6587']);
  await expect(read(file('kana.txt', kana), { as: 'text', encoding: 'shift' })).rejects.toThrow(
    'There is no encoding "shift"; name one such as',
  );
  // A text that already holds the sign of what was lost is UTF-8.
  expect((await read(file('lost.txt', 'a \ufffd caf\u00e9'), { as: 'text' })).texts).toEqual([
    'a \ufffd caf\u00e9',
  ]);
  const wide = Buffer.concat([Uint8Array.of(0xff, 0xfe), Buffer.from('naïve café', 'utf16le')]);
  expect((await read(file('wide.txt', wide), { as: 'text' })).texts).toEqual(['naïve café']);
  // A list is recognised as one in that encoding too, without being told.
  const list = Buffer.concat([Uint8Array.of(0xff, 0xfe), Buffer.from(NAMES.join('\n'), 'utf16le')]);
  expect((await read(file('list.txt', list))).texts).toEqual(NAMES);
  await expect(read(file('zero.txt', Uint8Array.of(1, 0, 2, 0)), { as: 'text' })).rejects.toThrow(
    'zero.txt is no text: it holds zero bytes; choose another file.',
  );
  await expect(read(file('empty.txt', ' \n'), { as: 'text' })).rejects.toThrow('empty.txt holds no text');
});

test('tunes of a file or a folder are texts of their own; what has no notes is set aside', async () => {
  const tunes = `${TUNE(1, '"D"d2f fed|A2A AFD|')}\n\n${TUNE(2, 'GAB cde|')}\n${TUNE(3, '')}`;
  const one = await read(file('book/a.abc', tunes));
  expect(one.info).toMatchObject({ form: 'tunes in ABC notation', input: 'tune', label: null });
  expect(one.texts[0]).toBe('T:Tune 1\nM:6/8\nK:D\n"D"d2f fed|A2A AFD|');
  expect(one.report).toMatchObject({ rowsKept: 2, rowsSetAside: 1 });
  expect(one.report.setAside[0]).toMatchObject({ reason: 'it has no notes' });
  file('book/b.abc', TUNE(7, 'abc def|'));
  expect((await read(join(folder, 'book'))).texts).toHaveLength(3);
  await expect(read(file('none.abc', 'nothing'))).rejects.toThrow('none.abc has no tune in ABC notation');
});

test('a folder of tunes or of MIDI files in an archive is read as the folder is', async () => {
  const tunes = { 'a.abc': TUNE(1, 'd2f fed|'), 'b.abc': `${TUNE(1, 'GAB cde|')}\n${TUNE(2, 'abc def|')}` };
  for (const [name, text] of Object.entries(tunes)) file(`tunes/${name}`, text);
  const expected = await read(join(folder, 'tunes'));
  expect(expected.texts).toHaveLength(3);
  for (const root of ['', 'tunes/']) {
    const inside = Object.entries(tunes).map(([name, text]) => [root + name, text]);
    const found = await read(await packed('tunes.zip', Object.fromEntries(inside)));
    expect(found.texts).toEqual(expected.texts);
    expect(found.info).toEqual(expected.info);
  }
  const note = { start: 0, duration: 1, pitch: 60, velocity: 80, isDrum: false };
  const midi = writeMidi({ notes: [note], tempo: 120 });
  expect((await read(await packed('songs.zip', { 'one.mid': midi }))).info.form).toBe(MIDI_FORM);
});

test('an archive that cannot be unpacked, since a file is called as a folder is, is refused in a sentence', async () => {
  const clashing = await packed('clash.zip', {
    'a.abc': TUNE(1, 'd2f fed|'),
    'a.abc/b.abc': TUNE(2, 'abc|'),
  });
  await expect(read(clashing)).rejects.toThrow(
    'clash.zip has a file and a folder of one name ("a.abc/b.abc"), so it cannot be unpacked; pack it again with other names.',
  );
});

test('melodies of tunes with their chords are pairs, phrase by phrase and tune by tune', async () => {
  const bars = '"D"d2f fed|A2A AFD:|[1"Em"{g}B3 "^slowly""A7"A3|"D"D6|"G"[GB]2z G3||';
  const tunes = `${TUNE(1, bars)}\n${TUNE(2, 'GAB "C"cde|"G7"=f_e^d, G/2B3/2 [K:G]d |')}\n${TUNE(3, 'abc def|')}`;
  const path = file('melodies.abc', tunes);
  expect((await read(path)).report.notes.join()).toContain('--target-column chords');
  const { info, texts, report } = await read(path, { targetColumn: 'chords' });
  // Each sign is a token: | , and the slash of a length.
  expect(info.pairs!.source.mostTokens).toBeGreaterThan(info.pairs!.source.mostWords);
  expect(info).toMatchObject({ input: 'melody', groups: 2, pairs: { target: 'chords' } });
  expect(texts).toEqual([
    'M6/8 KD d2 f f e d | A2 A A F D | B3 A3 | D6',
    'M6/8 KD G B z G3',
    'M6/8 KD G A B c d e | =f _e ^d, G/2 B3/2 d',
  ]);
  expect(report.setAside).toMatchObject([{ column: 'chords', reason: 'it has no chords' }]);
  await expect(read(file('bare.abc', TUNE(1, 'abc def|')), { targetColumn: 'chords' })).rejects.toThrow(
    'bare.abc has no chords above its notes',
  );
});

test('a table without labels gives texts where samples are asked for', async () => {
  const table = await read(file('names.csv', `name\n${NAMES.join('\n')}\n`), { as: 'samples' });
  expect(table.info).toMatchObject({ input: 'name', label: null });
  expect(table.texts).toEqual(NAMES);
});

test.each([
  ['a novel', NOVEL, true],
  ['names', NAMES.join('\n'), true],
  ['one line', 'It was a dark night, and stormy', true],
  ['a table', 'a,b\nx,y\nz,w\n', false],
  ['labels and texts', 'ham\tgo on\nspam\tfree\tnow\nham\tok\n', false],
  ['numbers', '1.5 2.5\n1.25 2.0\n', false],
  ['dates', '2020-01-01 12.5 rain\n2020-01-02 11.0 sun\n', false],
  ['bytes', 'a\0b', false],
  ['a couplet', 'Roses are red, violets are blue\nSugar is sweet, and so are you\n', true],
  ['a poem whose lines end with commas', 'So soft a wind,\nso calm a sea,\nso far a shore,\n', true],
  ['a poem of short lines', 'O Captain, my Captain\nO heart, my heart\nRise up, my Captain\n', true],
  ['verse of halves', 'He came; she went\nHe sat; she stood\nHe wept; she sang\n', true],
  ['names, the last one first', 'Lovelace, Ada\nHopper, Grace\nTuring, Alan\nLiskov, Barbara\n', true],
  ['a log in words', 'Server started, waiting for work\nWorker joined, two are there now\n', true],
  ['a table with spaces and a header', 'name, city\nAda, London\nGrace, New York\n', false],
  ['a table with spaces and numbers', 'Ada, 36\nGrace, 85\nAlan, 41\n', false],
  ['a log of fields', 'web, INFO, up\ndb, WARN, slow\n'.repeat(4), false],
  ['quoted cells', 'text,label\n"So soft, so calm",good\n"Too loud, too far, too cold",bad\n', false],
])('%s: a text or not', (_name, head, expected) => {
  expect(isProse(head)).toBe(expected);
});
