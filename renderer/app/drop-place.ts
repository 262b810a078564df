// Where a file goes that is dropped on the window: to the screen in front if that takes files, else to the import.
import { useEffect, useRef } from 'react';

export interface DropPlace {
  /** Shown while a file is held over the window: what dropping it does. */
  readonly text: string;
  take(file: File): void;
}

const places: DropPlace[] = [];

/** The screen that asked last. */
export const dropPlace = (): DropPlace | undefined => places.at(-1);

/** Dropped files come here while the component is there. */
export function useDropPlace(text: string, take: (file: File) => void): void {
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const place: DropPlace = { text, take: (file) => latest.current(file) };
    places.push(place);
    return () => {
      places.splice(places.indexOf(place), 1);
    };
  }, [text]);
}
