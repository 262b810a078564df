// FLAC files (RFC 9639): metadata, then frames of some thousand samples, each with a checksum.
import type { Clip } from '../../../sample-table.ts';
import { broken, clipOf, requireRoom, requireSound } from '../clip-of.ts';
import { type Bits, readBits } from './bits.ts';
import { power } from './powers.ts';
import { readSubframe } from './subframe.ts';

interface Stream {
  readonly rate: number;
  readonly channels: number;
  /** Bits of a sample. */
  readonly depth: number;
  /** Of each channel; 0: not known. */
  readonly frames: number;
  /** Byte of the first frame. */
  readonly from: number;
}

/** @throws HindcastError `file-unreadable` with the reason */
export function readFlac(data: Buffer): Clip {
  try {
    return decode(data);
  } catch (cause) {
    if (cause instanceof RangeError) throw broken('FLAC', `it is damaged or cut off (${cause.message})`);
    throw cause;
  }
}

function decode(data: Buffer): Clip {
  const stream = streamOf(data);
  const { rate, channels, depth } = stream;
  // An endless file is refused before it is decoded.
  requireSound('FLAC', { rate, channels, frames: stream.frames || 1 });
  const blocks: Float64Array[][] = [];
  let frames = 0;
  for (let at = stream.from; at + 2 < data.length && isFrame(data, at); ) {
    const { end, block } = readFrame(data, at, stream);
    blocks.push(block);
    frames += block[0]!.length;
    requireSound('FLAC', { rate, channels, frames });
    requireRoom('FLAC', { channels, frames });
    at = end;
  }
  if (frames < stream.frames) throw new RangeError('samples are missing at its end');
  const waves = Array.from({ length: channels }, (_, channel) => joined(blocks, channel, frames));
  const scale = 1 / power(depth - 1);
  return clipOf('FLAC', { rate, channels, frames, at: (frame, channel) => waves[channel]![frame]! * scale });
}

function joined(blocks: readonly Float64Array[][], channel: number, frames: number): Float64Array {
  const wave = new Float64Array(frames);
  let at = 0;
  for (const block of blocks) {
    wave.set(block[channel]!, at);
    at += block[channel]!.length;
  }
  return wave;
}

const STREAM_INFO = 0;

/** Tags of music players may stand before the beginning. */
function beginning(data: Buffer): number {
  if (data.toString('latin1', 0, 3) !== 'ID3' || data.length < 10) return 0;
  return 10 + [6, 7, 8, 9].reduce((size, at) => 128 * size + (data[at]! & 127), 0);
}

function streamOf(data: Buffer): Stream {
  const start = beginning(data);
  if (data.toString('latin1', start, start + 4) !== 'fLaC')
    throw broken('FLAC', 'its beginning is not that of one');
  let info: Omit<Stream, 'from'> | undefined;
  for (let at = start + 4; ; ) {
    const bits = readBits(data, at);
    const isLast = bits.take(1) === 1;
    const kind = bits.take(7);
    const size = bits.take(24);
    if (kind === STREAM_INFO) {
      const about = readBits(data, at + 4 + 10);
      const [rate, channels, depth] = [about.take(20), about.take(3) + 1, about.take(5) + 1];
      info = { rate, channels, depth, frames: about.take(4) * power(32) + about.take(32) };
    }
    at += 4 + size;
    if (!isLast) continue;
    if (!info) throw broken('FLAC', 'its header is missing');
    return { ...info, from: at };
  }
}

const isFrame = (data: Buffer, at: number): boolean => data[at] === 0xff && (data[at + 1]! & 0xfe) === 0xf8;

const DEPTHS: readonly (number | undefined)[] = [undefined, 8, 12, undefined, 16, 20, 24, 32];

/** How two channels are kept: left and difference, difference and right, mean and difference. */
const LEFT_SIDE = 8;
const SIDE_RIGHT = 9;
const MID_SIDE = 10;

function readFrame(data: Buffer, from: number, stream: Stream) {
  const bits = readBits(data, from);
  bits.take(16);
  const [sizeCode, rateCode, kind, depthCode] = [bits.take(4), bits.take(4), bits.take(4), bits.take(3)];
  bits.take(1);
  skipNumber(bits);
  const count = blockSize(bits, sizeCode);
  if (rateCode === 12) bits.take(8);
  else if (rateCode === 13 || rateCode === 14) bits.take(16);
  bits.take(8); // checksum of the header
  const depth = DEPTHS[depthCode] ?? stream.depth;
  const channels = kind < 8 ? kind + 1 : 2;
  if (channels !== stream.channels || kind > MID_SIDE) throw new RangeError('channels that change');
  const isSide = (channel: number) => kind >= LEFT_SIDE && channel === (kind === SIDE_RIGHT ? 0 : 1);
  const block = Array.from({ length: channels }, (_, channel) =>
    readSubframe(bits, count, depth + (isSide(channel) ? 1 : 0)),
  );
  bits.toByte();
  const end = bits.position;
  if (checksum(data, from, end) !== bits.take(16)) throw new RangeError('a checksum is wrong');
  if (channels === 2) unmix(kind, block[0]!, block[1]!);
  return { end: end + 2, block };
}

/** Of the frame or sample, in bytes that say themselves how many they are. */
function skipNumber(bits: Bits): void {
  const first = bits.take(8);
  for (let mask = 0x40; first & 0x80 && first & mask; mask >>= 1) bits.take(8);
}

function blockSize(bits: Bits, code: number): number {
  if (code === 0) throw new RangeError('a reserved size');
  if (code === 1) return 192;
  if (code <= 5) return 576 * power(code - 2);
  if (code === 6) return bits.take(8) + 1;
  if (code === 7) return bits.take(16) + 1;
  return 256 * power(code - 8);
}

function unmix(kind: number, first: Float64Array, second: Float64Array): void {
  for (let index = 0; index < first.length; index++) {
    const [a, b] = [first[index]!, second[index]!];
    if (kind === LEFT_SIDE) second[index] = a - b;
    if (kind === SIDE_RIGHT) first[index] = a + b;
    if (kind === MID_SIDE) {
      const whole = 2 * a + Math.abs(b % 2);
      first[index] = (whole + b) / 2;
      second[index] = (whole - b) / 2;
    }
  }
}

/** CRC-16 of the bytes with the polynomial x^16 + x^15 + x^2 + 1. */
function checksum(data: Buffer, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at++) {
    sum ^= data[at]! << 8;
    for (let bit = 0; bit < 8; bit++) sum = sum & 0x8000 ? ((sum << 1) ^ 0x8005) & 0xffff : sum << 1;
  }
  return sum & 0xffff;
}
