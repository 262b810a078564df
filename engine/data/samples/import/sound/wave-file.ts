// WAV files: RIFF with integer PCM of 8 to 32 bits or float samples. Several channels become their mean.
import type { HindcastError } from '../../../../contract/values/errors.ts';
import type { Clip } from '../../sample-table.ts';
import { broken as brokenFile, clipOf } from './clip-of.ts';

const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;

interface Format {
  readonly kind: number;
  readonly channels: number;
  readonly rate: number;
  readonly bits: number;
}

const broken = (why: string): HindcastError => brokenFile('WAV', why);

/** @throws HindcastError `file-unreadable` with the reason, for a broken, an empty and an endless recording. */
export function readWave(data: Buffer): Clip {
  if (data.toString('latin1', 0, 4) !== 'RIFF' || data.toString('latin1', 8, 12) !== 'WAVE')
    throw broken('its beginning is not that of one');
  let format: Format | undefined;
  for (let at = 12; at + 8 <= data.length; ) {
    const name = data.toString('latin1', at, at + 4);
    const size = data.readUInt32LE(at + 4);
    const from = at + 8;
    if (name === 'fmt ') format = formatOf(data, from, size);
    // A recorder that was cut off leaves a size of 0 or beyond the end.
    if (name === 'data')
      return decode(
        format,
        data.subarray(from, size === 0 ? data.length : Math.min(data.length, from + size)),
      );
    at = from + size + (size % 2);
  }
  throw broken('it has no samples');
}

function formatOf(data: Buffer, at: number, size: number): Format {
  if (size < 16 || at + 16 > data.length) throw broken('its header is cut off');
  const kind = data.readUInt16LE(at);
  return {
    kind: kind === EXTENSIBLE && size >= 26 && at + 26 <= data.length ? data.readUInt16LE(at + 24) : kind,
    channels: data.readUInt16LE(at + 2),
    rate: data.readUInt32LE(at + 4),
    bits: data.readUInt16LE(at + 14),
  };
}

function decode(format: Format | undefined, data: Buffer): Clip {
  if (!format) throw broken('its header is missing');
  const { kind, channels, rate, bits } = format;
  const read = READERS[`${kind}/${bits}`];
  if (!read || channels === 0)
    throw broken(
      `its samples have ${bits} bits in the format ${kind}, and not 8, 16, 24 or 32 in PCM or float`,
    );
  const bytes = bits / 8;
  return clipOf('WAV', {
    rate,
    channels,
    frames: Math.floor(data.length / (bytes * channels)),
    at: (frame, channel) => read(data, (frame * channels + channel) * bytes),
  });
}

/** By format and bits: a sample from -1 to 1. */
const READERS: Readonly<Record<string, ((data: Buffer, at: number) => number) | undefined>> = {
  [`${PCM}/8`]: (data, at) => (data.readUInt8(at) - 128) / 128,
  [`${PCM}/16`]: (data, at) => data.readInt16LE(at) / 32_768,
  [`${PCM}/24`]: (data, at) => data.readIntLE(at, 3) / 8_388_608,
  [`${PCM}/32`]: (data, at) => data.readInt32LE(at) / 2_147_483_648,
  [`${FLOAT}/32`]: (data, at) => finite(data.readFloatLE(at)),
  [`${FLOAT}/64`]: (data, at) => finite(data.readDoubleLE(at)),
};

const finite = (value: number): number => (Number.isFinite(value) ? value : 0);
