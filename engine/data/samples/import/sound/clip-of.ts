// A clip of decoded sound: several channels become their mean; what is empty or endless is refused.
import { HindcastError } from '../../../../contract/values/errors.ts';
import type { Clip } from '../../sample-table.ts';

const LONGEST_SECONDS = 600;
const LOWEST_RATE = 1_000;
const HIGHEST_RATE = 384_000;

export interface Sound {
  /** Samples a second. */
  readonly rate: number;
  readonly channels: number;
  /** Samples of each channel. */
  readonly frames: number;
  /** From -1 to 1. */
  at(frame: number, channel: number): number;
}

/** The reason why a recording of this form is set aside. */
export const broken = (form: string, why: string): HindcastError =>
  new HindcastError('file-unreadable', `it is no ${form} file that can be read: ${why}`);

/** @throws HindcastError `file-unreadable` */
export function requireSound(form: string, { rate, channels, frames }: Omit<Sound, 'at'>): void {
  if (rate < LOWEST_RATE || rate > HIGHEST_RATE) throw broken(form, `it says ${rate} samples a second`);
  if (frames === 0 || channels === 0) throw broken(form, 'it is empty');
  if (frames > LONGEST_SECONDS * rate)
    throw broken(form, `it is longer than ${LONGEST_SECONDS / 60} minutes; cut it into pieces`);
}

/** Of all channels together: half a gigabyte while they are decoded, 10 minutes of 48 kHz in stereo. */
const MOST_DECODED = 2 ** 26;

/** A few bytes may stand for minutes of silence. @throws HindcastError `file-unreadable` */
export function requireRoom(form: string, { channels, frames }: Pick<Sound, 'channels' | 'frames'>): void {
  if (frames * channels > MOST_DECODED)
    throw broken(form, `its ${channels} channels are too long together; cut it into pieces, or keep fewer`);
}

/** @throws HindcastError `file-unreadable` for a sound that is empty or endless */
export function clipOf(form: string, sound: Sound): Clip {
  requireSound(form, sound);
  const { rate, channels, frames } = sound;
  const wave = new Int16Array(frames);
  for (let frame = 0; frame < frames; frame++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += sound.at(frame, channel);
    wave[frame] = Math.max(-32_768, Math.min(32_767, Math.round((32_768 * sum) / channels)));
  }
  return { rate, wave };
}
