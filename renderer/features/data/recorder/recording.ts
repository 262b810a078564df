// Recordings of the page: from the microphone, which is asked for when a recording begins, or from a file of any form that the browser decodes.
import { MOST_WAVE_CHARACTERS } from '../../../../engine/contract/results/classify-result.ts';
import { base64OfBytes } from '../../../../engine/contract/values/base64.ts';
import { HindcastError } from '../../../../engine/contract/values/errors.ts';

export interface Recorded {
  readonly rate: number;
  readonly wave: Int16Array<ArrayBuffer>;
}

export interface Recorder {
  /** Ends the recording. */
  stop(): Promise<Recorded>;
}

/** Sound arrives in pieces of this length. */
const PIECE_MS = 200;

/**
 * @param onSound when the first sound has arrived: a recording that ends before it is empty
 * @throws HindcastError `conflict` where there is no microphone, or its use is refused
 */
export async function startRecording(onSound: () => void): Promise<Recorder> {
  const stream = await microphone();
  const recorder = new MediaRecorder(stream);
  const parts: Blob[] = [];
  recorder.ondataavailable = ({ data }) => {
    parts.push(data);
    if (data.size > 0) onSound();
  };
  recorder.start(PIECE_MS);
  return {
    async stop() {
      const ended = new Promise((resolve) => recorder.addEventListener('stop', resolve, { once: true }));
      recorder.stop();
      await ended;
      for (const track of stream.getTracks()) track.stop();
      return decodeRecording(new Blob(parts), 'The recording');
    },
  };
}

async function microphone(): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch (cause) {
    const isRefused = cause instanceof DOMException && cause.name === 'NotAllowedError';
    const message = isRefused
      ? 'The microphone was refused: allow it for this page, or choose a recording from a file.'
      : 'No microphone was found: connect one, or choose a recording from a file.';
    throw new HindcastError('conflict', message, { cause });
  }
}

/** The mean of its channels. @throws HindcastError `file-unreadable` */
export async function decodeRecording(content: Blob, name: string): Promise<Recorded> {
  const context = new AudioContext();
  try {
    const buffer = await context.decodeAudioData(await content.arrayBuffer());
    const channels = Array.from({ length: buffer.numberOfChannels }, (_, index) =>
      buffer.getChannelData(index),
    );
    const wave = Int16Array.from({ length: buffer.length }, (_, at) => {
      const sum = channels.reduce((total, channel) => total + channel[at]!, 0);
      return Math.max(-32_768, Math.min(32_767, Math.round((32_768 * sum) / channels.length)));
    });
    return { rate: buffer.sampleRate, wave };
  } catch (cause) {
    const message = `${name} cannot be decoded: give a WAV, MP3, OGG or FLAC file.`;
    throw new HindcastError('file-unreadable', message, { cause });
  } finally {
    void context.close();
  }
}

/** Little-endian, as calls carry it. @throws HindcastError `invalid-input` where it is too long for a call */
export function base64Of(wave: Int16Array<ArrayBuffer>): string {
  const bytes = new Uint8Array(wave.buffer, wave.byteOffset, wave.byteLength);
  if ((4 * bytes.length) / 3 > MOST_WAVE_CHARACTERS) {
    const message = 'The recording is longer than two minutes; record or choose a shorter one.';
    throw new HindcastError('invalid-input', message);
  }
  return base64OfBytes(bytes);
}
