// A recording as a WAV file: 16 bits, one channel. Format: Microsoft's RIFF WAVE, with the chunks `fmt ` and `data`.
import type { Recorded } from './recording.ts';

const HEAD_BYTES = 44;
const PCM = 1;

export function waveFile({ rate, wave }: Recorded): Blob {
  const head = new DataView(new ArrayBuffer(HEAD_BYTES));
  const text = (at: number, letters: string) => {
    for (const [index, letter] of [...letters].entries()) head.setUint8(at + index, letter.charCodeAt(0));
  };
  text(0, 'RIFF');
  head.setUint32(4, HEAD_BYTES - 8 + wave.byteLength, true);
  text(8, 'WAVEfmt ');
  head.setUint32(16, 16, true);
  head.setUint16(20, PCM, true);
  head.setUint16(22, 1, true);
  head.setUint32(24, rate, true);
  head.setUint32(28, 2 * rate, true);
  head.setUint16(32, 2, true);
  head.setUint16(34, 16, true);
  text(36, 'data');
  head.setUint32(40, wave.byteLength, true);
  return new Blob([head, wave], { type: 'audio/wav' });
}
