// MP3 files, decoded by minimp3 in WebAssembly. What its encoder put before the sound (about 50 ms of silence) stays.
import { readFileSync } from 'node:fs';
import type { Clip } from '../../sample-table.ts';
import { broken, clipOf, requireSound } from './clip-of.ts';
import { requireDecoder } from './decoder-package.ts';

/** What the module minimp3-wasm exports. */
interface Mp3Exports {
  readonly memory: WebAssembly.Memory;
  decoder_init(): void;
  decoder_set_mp3_data_size(bytes: number): void;
  decoder_mp3_data_offset(): number;
  /** In seconds; -1: to the end. */
  decoder_seek(seconds: number): void;
  decoder_current_time(): number;
  decoder_decode(seconds: number): void;
  decoder_pcm_data_offset(): number;
  decode_results_sampling_rate(): number;
  decode_results_num_channels(): number;
  /** Of all channels together. */
  decode_results_num_samples(): number;
}

let compiled: Promise<WebAssembly.Module> | undefined;

/** @throws HindcastError `file-unreadable` with the reason */
export async function readMp3(data: Buffer): Promise<Clip> {
  compiled ??= WebAssembly.compile(
    readFileSync(requireDecoder.resolve('minimp3-wasm/dist/decoder.opt.wasm')),
  );
  // An instance a file: its memory grows with the file and is never given back.
  const instance = await WebAssembly.instantiate(await compiled, {});
  // The package has no types for its exports.
  const mp3 = instance.exports as unknown as Mp3Exports;
  try {
    return decode(mp3, data);
  } catch (cause) {
    if (cause instanceof WebAssembly.RuntimeError) throw broken('MP3', 'it is damaged');
    throw cause;
  }
}

/** More than a frame, with which rate and channels are known. */
const SOME_SECONDS = 0.2;

function decode(mp3: Mp3Exports, data: Buffer): Clip {
  mp3.decoder_init();
  mp3.decoder_set_mp3_data_size(data.length);
  new Uint8Array(mp3.memory.buffer, mp3.decoder_mp3_data_offset(), data.length).set(data);
  mp3.decoder_seek(0);
  mp3.decoder_decode(SOME_SECONDS);
  const [rate, channels] = [mp3.decode_results_sampling_rate(), mp3.decode_results_num_channels()];
  if (mp3.decode_results_num_samples() === 0) throw broken('MP3', 'no sound was found in it');
  mp3.decoder_seek(-1);
  const seconds = mp3.decoder_current_time();
  requireSound('MP3', { rate, channels, frames: Math.floor(seconds * rate) });
  mp3.decoder_seek(0);
  // What is left in its buffers comes a frame later.
  mp3.decoder_decode(seconds + 1);
  const samples = mp3.decode_results_num_samples();
  const pcm = new Int16Array(mp3.memory.buffer, mp3.decoder_pcm_data_offset(), samples);
  return clipOf('MP3', {
    rate,
    channels,
    frames: samples / channels,
    at: (frame, channel) => pcm[frame * channels + channel]! / 32_768,
  });
}
