// Where the focus goes when a button to cancel goes with it: back to what started the work. On the page, Tab would begin at the navigation again.
import { type RefObject, useEffect, useRef } from 'react';

/** @param isBusy the button to cancel is there. @returns for the button that starts the work */
export function useFocusBack(isBusy: boolean): RefObject<HTMLButtonElement | null> {
  const start = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!isBusy) return;
    let last = document.activeElement;
    const listen = ({ target }: FocusEvent) => {
      last = target as Element;
    };
    document.addEventListener('focusin', listen);
    return () => {
      document.removeEventListener('focusin', listen);
      const isLost = last !== null && !last.isConnected && document.activeElement === document.body;
      if (isLost) start.current?.focus({ preventScroll: true });
    };
  }, [isBusy]);
  return start;
}
