// MIDI files, events and tunes in ABC notation as notes: beside notes written by hand, there and back, and damaged.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { musicOfAbc } from '../../../engine/data/music/abc-notes.ts';
import { eventText, musicOfEvents } from '../../../engine/data/music/event-text.ts';
import { MidiError, readMidi, writeMidi } from '../../../engine/data/music/midi-file.ts';
import { musicOfText } from '../../../engine/data/music/music-of-text.ts';
import { renderWave, WAVE_RATE, waveFile } from '../../../engine/data/music/render-wave.ts';
import { imported, ownFolder } from '../samples/imported.ts';

const { file } = ownFolder();

const twelfths = (most: number) => fc.integer({ min: 1, max: most }).map((steps) => steps / 12);
const NOTES = fc.array(
  fc.record({
    start: twelfths(200),
    duration: twelfths(90),
    pitch: fc.integer({ min: 20, max: 110 }),
    velocity: fc.integer({ min: 1, max: 15 }).map((level) => 8 * level),
  }),
  { minLength: 3, maxLength: 30 },
);
const rounded = (notes: readonly { start: number; duration: number; pitch: number; velocity: number }[]) =>
  notes
    .map(({ start, duration, pitch, velocity }) => [
      Math.round(12 * start),
      Math.round(12 * duration),
      pitch,
      velocity,
    ])
    .toSorted((a, b) => a[0]! - b[0]! || a[2]! - b[2]! || a[1]! - b[1]! || a[3]! - b[3]!);
/** Two sounding notes of one key are one in a MIDI file. */
const apart = (notes: readonly { start: number; duration: number; pitch: number }[]) =>
  notes.every((a, i) =>
    notes.every(
      (b, j) =>
        i === j || a.pitch !== b.pitch || a.start + a.duration <= b.start || b.start + b.duration <= a.start,
    ),
  );

test('notes survive MIDI files and events', () => {
  fc.assert(
    fc.property(NOTES.filter(apart), fc.integer({ min: 40, max: 240 }), (notes, tempo) => {
      const music = readMidi(writeMidi({ notes, tempo }));
      expect(rounded(music.notes)).toEqual(rounded(notes));
      expect(Math.round(music.tempo)).toBe(tempo);
      const again = musicOfEvents(eventText(music))!;
      expect(rounded(again.notes)).toEqual(rounded(notes));
      expect(again.tempo).toBe(tempo);
    }),
    { seed: 1, numRuns: 60 },
  );
});

const bytesOf = (...parts: readonly (string | readonly number[])[]) =>
  Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === 'string' ? [...part].map((letter) => letter.charCodeAt(0)) : part,
    ),
  );
const header = (tracks: number) => bytesOf('MThd', [0, 0, 0, 6, 0, 1, 0, tracks, 0, 96]);
const track = (...bytes: number[]) => bytesOf('MTrk', [0, 0, 0, bytes.length], bytes);
const joined = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

test('two tracks, running status, drums, an early end; what is damaged is said', () => {
  const song = joined(
    header(2),
    track(0, 0xff, 0x51, 3, 0x0f, 0x42, 0x40, 0, 0xff, 0x2f, 0),
    // c and e together by running status, the end of c as a note of no loudness; a drum; what sounds ends with its track.
    track(0, 0x90, 60, 100, 0, 64, 90, 96, 60, 0, 0, 0x99, 38, 80, 48, 0x89, 38, 0, 48, 0xff, 0x2f, 0),
  );
  expect(readMidi(song)).toEqual({
    tempo: 60,
    notes: [
      { start: 0, duration: 1, pitch: 60, velocity: 100 },
      { start: 0, duration: 2, pitch: 64, velocity: 90 },
      { start: 1, duration: 0.5, pitch: 38, velocity: 80, isDrum: true },
    ],
  });
  const found = readMidi(song);
  expect(readMidi(joined(song, bytesOf('what a program left here')))).toEqual(found);
  expect(readMidi(joined(bytesOf('RIFF', [0, 0, 0, 0], 'RMIDdata', [0, 0, 0, 0]), song))).toEqual(found);
  const stopped = song.slice();
  stopped[13] = 0;
  expect(() => readMidi(stopped)).toThrow('counts time in steps of no length');
  expect(() => readMidi(bytesOf('RIFF'))).toThrow('has no header of a MIDI file');
  expect(() => readMidi(song.subarray(0, song.length - 3))).toThrow('ends in the middle of a track');
  fc.assert(
    fc.property(fc.nat(song.length - 1), fc.nat(255), (at, byte) => {
      const damaged = song.slice();
      damaged[at] = byte;
      try {
        readMidi(damaged);
      } catch (cause) {
        expect(cause).toBeInstanceOf(MidiError);
      }
    }),
    { seed: 2, numRuns: 300 },
  );
});

test('a folder of MIDI files is imported as texts of events; files without notes are set aside', async () => {
  const notes = [0, 1, 2].map((start) => ({ start, duration: 1, pitch: 60 + start, velocity: 80 }));
  file('songs/a.mid', writeMidi({ notes, tempo: 90 }));
  const path = file('songs/b.mid', writeMidi({ notes: [], tempo: 90 }));
  file('songs/c.mid', bytesOf('broken'));
  const { samples, report } = await imported(path.replace(/\/b\.mid$/, ''), {});
  expect(samples).toMatchObject({
    rows: 1,
    info: { form: 'pieces of music in MIDI files', input: 'music', label: null },
  });
  expect(report.setAside).toMatchObject([
    { reason: 'has no notes', raw: 'b.mid' },
    { reason: 'has no header of a MIDI file', raw: 'c.mid' },
  ]);
  await expect(imported(path, {})).rejects.toThrow(/^b\.mid has no notes; choose another file\.$/);
});

const pitchesOf = (abc: string) => musicOfAbc(abc)!.notes.map(({ pitch }) => pitch);
const lengthsOf = (abc: string) => musicOfAbc(abc)!.notes.map(({ duration }) => duration);

test('keys, accidentals, octaves and lengths of ABC', () => {
  expect(pitchesOf('X:1\nK:D\nCDEF GABc|')).toEqual([61, 62, 64, 66, 67, 69, 71, 73]);
  expect(pitchesOf("K:Am\nA,a a' =G ^G G|G|")).toEqual([57, 81, 93, 67, 68, 68, 67]);
  expect(pitchesOf('K:Gmix\nF f|')).toEqual([65, 77]);
  expect(pitchesOf('K:Bb\nB E|')).toEqual([70, 63]);
  expect(lengthsOf('L:1/8\nK:C\nC C2 C/2 C3/2 C/ C//|')).toEqual([0.5, 1, 0.25, 0.75, 0.25, 0.125]);
  expect(lengthsOf('M:6/8\nL:1/4\nK:C\n(3CDE C>D|')).toEqual([2 / 3, 2 / 3, 2 / 3, 1.5, 0.5]);
  expect(lengthsOf('M:2/4\nK:C\nC|')).toEqual([0.25]);
  expect(musicOfAbc('Q:1/4=90\nK:C\nC|')!.tempo).toBe(90);
  // Ties, chords, symbols, grace notes and rests.
  expect(musicOfAbc('L:1/4\nK:C\n"G7"C-C z {d}!trill!D [CEG]2|')!.notes).toMatchObject([
    { start: 0, duration: 2, pitch: 60 },
    { start: 3, duration: 1, pitch: 62 },
    { start: 4, duration: 2, pitch: 60 },
    { start: 4, duration: 2, pitch: 64 },
    { start: 4, duration: 2, pitch: 67 },
  ]);
});

test('repeats are played, each with its ending', () => {
  expect(pitchesOf('K:C\n|:CD:|E|')).toEqual([60, 62, 60, 62, 64]);
  expect(pitchesOf('K:C\nC|D:|E|')).toEqual([60, 62, 60, 62, 64]);
  expect(pitchesOf('K:C\n|:C|1D:|2E|F|')).toEqual([60, 62, 60, 64, 65]);
  expect(pitchesOf('K:C\n|:C::D:|')).toEqual([60, 60, 62, 62]);
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('|:', ':|', '::', '|1', '|2', 'C', 'd2', '[1', '|', '(3', '>', '-')),
      (pieces) => {
        const music = musicOfAbc(`K:C\n${pieces.join(' ')}`);
        for (const { duration, start } of music?.notes ?? []) expect(duration > 0 && start >= 0).toBe(true);
      },
    ),
    { seed: 3, numRuns: 300 },
  );
});

test('what a model writes is music where there is some; the sound is as long, and the same again', () => {
  const two = 'T:One\nM:4/4\nK:G\nGABc|\nT:Two\nK:D\nDEFG|\n';
  expect(musicOfText(two)!.notes).toHaveLength(8);
  expect(musicOfText('Call me Ishmael. Some years ago')).toBeNull();
  expect(musicOfText('v10 n60 d12 t12 n62 d12 t12 n64 d12')!.notes).toHaveLength(3);
  const music = musicOfText('q60 n60 d12 t12 x38 t12 n64 d12')!;
  const wave = renderWave(music);
  expect(wave.length).toBeCloseTo(WAVE_RATE * 3.6, -1);
  expect(renderWave(music)).toEqual(wave);
  expect(Math.max(...wave.subarray(0, 1_000))).toBeGreaterThan(1_000);
  expect(waveFile(wave)).toHaveLength(44 + 2 * wave.length);
});
