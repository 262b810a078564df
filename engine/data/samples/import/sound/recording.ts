// Recordings by the ending of their files.
import { HindcastError } from '../../../../contract/values/errors.ts';
import type { Clip } from '../../sample-table.ts';
import { broken } from './clip-of.ts';
import { readFlac } from './flac/flac-file.ts';
import { readMp3 } from './mp3-file.ts';
import { readOgg } from './ogg/ogg-file.ts';
import { readWave } from './wave-file.ts';

type Decoder = (data: Buffer) => Clip | Promise<Clip>;

const DECODERS: Readonly<Record<string, Decoder | undefined>> = {
  wav: readWave,
  wave: readWave,
  flac: readFlac,
  mp3: readMp3,
  ogg: readOgg,
  oga: readOgg,
  opus: readOgg,
};

/** For sentences. */
export const RECORDINGS = '.wav, .flac, .mp3, .ogg, .opus';

const endingOf = (path: string): string => /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';

export const isRecording = (path: string): boolean => DECODERS[endingOf(path)] !== undefined;

/** @throws HindcastError `file-unreadable` with the reason */
export async function readRecording(data: Buffer, path: string): Promise<Clip> {
  const decode = DECODERS[endingOf(path)];
  if (decode && data.length === 0) throw broken(endingOf(path).toUpperCase(), 'it is empty');
  if (decode) return decode(data);
  throw new HindcastError('file-unreadable', `it is no recording of a known form: ${RECORDINGS}`);
}
