// Plays through origins or epochs: the next one follows when this one is on screen.
import { useEffect, useRef, useState } from 'react';

interface Played {
  /** What was asked for last is on screen. */
  readonly isThere: boolean;
  readonly at: number;
  readonly last: number;
  readonly go: (next: number) => void;
}

/** From one to the next, with answer and drawing: where now and then one takes longer, ten a second are left. */
const PERIOD_MS = 70;

export function usePlayback({ isThere, at, last, go }: Played) {
  const [isPlaying, play] = useState(false);
  const wentAt = useRef(0);
  const next = useRef(go);
  next.current = go;
  useEffect(() => {
    if (!isPlaying || !isThere) return;
    if (at >= last) {
      play(false);
      return;
    }
    const rest = Math.max(0, PERIOD_MS - (performance.now() - wentAt.current));
    const timer = setTimeout(() => {
      wentAt.current = performance.now();
      next.current(at + 1);
    }, rest);
    return () => clearTimeout(timer);
  }, [isPlaying, isThere, at, last]);
  return { isPlaying, play };
}
