// Where the focus goes when what had it has gone with its screen or its dialog: to the current screen. Left on the page, Tab would begin at the
// navigation again, and readers of screens would not say that another screen has come.
import { useEffect, useRef } from 'react';

export const SCREEN_ID = 'screen';

export function focusScreen(): void {
  document.getElementById(SCREEN_ID)?.focus({ preventScroll: true });
}

/** A dialog that closes gives the focus back to what opened it, a few milliseconds later. */
const SETTLED_MS = 60;

/** @param screen another one is another screen, whatever is chosen on it */
export function useScreenFocus(screen: string): void {
  const before = useRef(screen);
  useEffect(() => {
    if (before.current === screen) return;
    before.current = screen;
    takeLostFocus();
  }, [screen]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const listen = ({ target, relatedTarget }: FocusEvent) => {
      if (relatedTarget !== null || !(target as Element).closest('[role="dialog"]')) return;
      clearTimeout(timer);
      timer = setTimeout(takeLostFocus, SETTLED_MS);
    };
    document.addEventListener('focusout', listen);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('focusout', listen);
    };
  }, []);
}

function takeLostFocus(): void {
  const isLost = document.activeElement === null || document.activeElement === document.body;
  if (isLost && !document.querySelector('[role="dialog"]')) focusScreen();
}
