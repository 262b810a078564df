// Ogg files with Vorbis or Opus inside, decoded by the libraries of xiph.org in WebAssembly (package ogv).
import { readFileSync } from 'node:fs';
import type { Clip } from '../../../sample-table.ts';
import { broken, clipOf, requireRoom, requireSound } from '../clip-of.ts';
import { requireDecoder } from '../decoder-package.ts';
import { oggPackets } from './ogg-packets.ts';

/** The modules ogv-decoder-audio-*; results are there when the call returns. */
interface OggDecoder {
  readonly audioFormat: { readonly channels: number; readonly rate: number } | null;
  /** [channels][samples] of the last packet. */
  readonly audioBuffer: readonly Float32Array[] | null;
  init(done: () => void): void;
  /** 1: understood. */
  processHeader(packet: ArrayBuffer, done: (result: number) => void): void;
  processAudio(packet: ArrayBuffer, done: (result: number) => void): void;
}

type Instantiate = (imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) => object;

type OpenDecoder = (options: {
  printErr(line: string): void;
  instantiateWasm: Instantiate;
}) => Promise<OggDecoder>;

interface Codec {
  readonly signature: string;
  readonly headers: number;
  /** Samples at the beginning that are no sound; the decoder leaves them out. */
  readonly skipped: (head: Uint8Array) => number;
  readonly module: string;
}

const CODECS: readonly Codec[] = [
  {
    signature: '\x01vorbis',
    headers: 3,
    skipped: () => 0,
    module: 'ogv/dist/ogv-decoder-audio-vorbis-wasm',
  },
  {
    signature: 'OpusHead',
    headers: 2,
    skipped: (head) => head[10]! + 256 * head[11]!,
    module: 'ogv/dist/ogv-decoder-audio-opus-wasm',
  },
];

/** @throws HindcastError `file-unreadable` with the reason */
export async function readOgg(data: Buffer): Promise<Clip> {
  try {
    return await decode(data);
  } catch (cause) {
    if (cause instanceof RangeError) throw broken('Ogg', cause.message);
    if (cause instanceof WebAssembly.RuntimeError) throw broken('Ogg', 'it is damaged');
    throw cause;
  }
}

async function decode(data: Buffer): Promise<Clip> {
  const { packets, samples } = oggPackets(data);
  const [first = new Uint8Array()] = packets;
  const beginning = Buffer.from(first.subarray(0, 8)).toString('latin1');
  const codec = CODECS.find(({ signature }) => beginning.startsWith(signature));
  if (!codec) throw new RangeError('what is inside is neither Vorbis nor Opus');
  const decoder = await openDecoder(codec.module);
  decoder.init(() => {});
  // The format is known with the first packet after the headers.
  for (const packet of packets.slice(0, codec.headers + 1)) {
    if (decoder.audioFormat) break;
    decoder.processHeader(bytesOf(packet), (result) => {
      if (result !== 1) throw new RangeError('its header is damaged');
    });
  }
  if (!decoder.audioFormat) throw new RangeError('its header is missing');
  const { channels, rate } = decoder.audioFormat;
  const known = samples > 0 ? Math.max(1, samples - codec.skipped(first)) : Number.POSITIVE_INFINITY;
  requireSound('Ogg', { rate, channels, frames: samples > 0 ? known : 1 });
  const blocks: (readonly Float32Array[])[] = [];
  let decoded = 0;
  for (const packet of packets.slice(codec.headers)) {
    decoder.processAudio(bytesOf(packet), () => {});
    if (!decoder.audioBuffer) continue;
    blocks.push(decoder.audioBuffer);
    decoded += decoder.audioBuffer[0]?.length ?? 0;
    requireRoom('Ogg', { channels, frames: decoded });
  }
  const waves = Array.from({ length: channels }, (_, channel) =>
    Buffer.concat(blocks.map((block) => viewOf(block[channel]!))),
  ).map(({ buffer, byteOffset, byteLength }) => new Float32Array(buffer, byteOffset, byteLength / 4));
  // The last packet is filled up.
  const frames = Math.min(waves[0]!.length, known);
  return clipOf('Ogg', { rate, channels, frames, at: (frame, channel) => waves[channel]![frame]! });
}

const compiled = new Map<string, WebAssembly.Module>();

/** A new instance a file; it is compiled once. */
function openDecoder(module: string): Promise<OggDecoder> {
  const known =
    compiled.get(module) ?? new WebAssembly.Module(readFileSync(requireDecoder.resolve(`${module}.wasm`)));
  compiled.set(module, known);
  // The package has no types.
  const open = requireDecoder(`${module}.js`) as OpenDecoder;
  return open({
    printErr: () => {},
    instantiateWasm(imports, done) {
      // The module takes its functions only after its own beginning has run.
      queueMicrotask(() => done(new WebAssembly.Instance(known, imports)));
      return {};
    },
  });
}

const bytesOf = (packet: Uint8Array): ArrayBuffer => new Uint8Array(packet).buffer;

const viewOf = ({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
