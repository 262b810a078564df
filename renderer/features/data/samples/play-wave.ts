// Plays a recording from memory. No file or address is involved, so that the page needs no further rights.

interface Played {
  readonly rate: number;
  readonly wave: Int16Array;
  /** Called once, when it ends or is stopped. */
  onEnd(): void;
}

/** @returns stops it */
export function playWave({ rate, wave, onEnd }: Played): () => void {
  const context = new AudioContext();
  const buffer = context.createBuffer(1, Math.max(1, wave.length), rate);
  buffer.copyToChannel(
    Float32Array.from(wave, (value) => value / 32_768),
    0,
  );
  const source = context.createBufferSource();
  source.buffer = buffer;
  source.connect(context.destination);
  source.onended = () => {
    void context.close();
    onEnd();
  };
  source.start();
  return () => source.stop();
}
