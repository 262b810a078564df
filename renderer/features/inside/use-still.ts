// A value that has not changed for a while: for what is too slow to follow a playback or a slider.
import { useEffect, useState } from 'react';

const STILL_MS = 400;

/** @returns whether `key` has been the same for that long; true at first */
export function useStill(key: string): boolean {
  const [settled, setSettled] = useState(key);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(key), STILL_MS);
    return () => clearTimeout(timer);
  }, [key]);
  return settled === key;
}
