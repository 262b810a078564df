// Plays a WAV file from memory, with pause and a position. No address is involved, so that the page needs no further rights.
import { useEffect, useRef, useState } from 'react';

interface Playing {
  readonly context: AudioContext;
  /** Of the context, when the beginning of the sound would have been. */
  readonly began: number;
}

export interface Player {
  readonly isPlaying: boolean;
  readonly isLoading: boolean;
  /** Seconds from the beginning. */
  readonly at: number;
  play(): void;
  pause(): void;
  seek(seconds: number): void;
  /** The file, asked for once. */
  load(): Promise<Blob | null>;
}

/** @param key of the sound: another one begins from nothing */
export function usePlayer(key: string, ask: () => Promise<Blob | null>): Player {
  const [at, setAt] = useState(0);
  const [isLoading, setLoading] = useState(false);
  const [isPlaying, setPlaying] = useState(false);
  const playing = useRef<Playing | null>(null);
  const kept = useRef<{ readonly key: string; readonly file: Blob | null } | null>(null);

  function stop(): void {
    void playing.current?.context.close();
    playing.current = null;
    setPlaying(false);
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text ends what sounds
  useEffect(() => {
    setAt(0);
    return () => {
      void playing.current?.context.close();
      playing.current = null;
      setPlaying(false);
    };
  }, [key]);
  useEffect(() => {
    if (!isPlaying) return;
    let frame = 0;
    const follow = () => {
      const now = playing.current;
      if (!now) return;
      setAt(now.context.currentTime - now.began);
      frame = requestAnimationFrame(follow);
    };
    frame = requestAnimationFrame(follow);
    return () => cancelAnimationFrame(frame);
  }, [isPlaying]);

  async function load(): Promise<Blob | null> {
    if (kept.current?.key !== key) kept.current = { key, file: await ask() };
    return kept.current.file;
  }
  async function start(from: number): Promise<void> {
    setLoading(true);
    try {
      const file = await load();
      if (!file) return;
      stop();
      const context = new AudioContext();
      const source = context.createBufferSource();
      source.buffer = await context.decodeAudioData(await file.arrayBuffer());
      source.connect(context.destination);
      source.onended = () => {
        if (playing.current?.context !== context) return;
        stop();
        setAt(0);
      };
      playing.current = { context, began: context.currentTime - from };
      source.start(0, from);
      setPlaying(true);
    } finally {
      setLoading(false);
    }
  }
  return {
    isPlaying,
    isLoading,
    at,
    load,
    play: () => void start(at),
    pause: stop,
    seek(seconds) {
      setAt(seconds);
      if (isPlaying) void start(seconds);
    },
  };
}
