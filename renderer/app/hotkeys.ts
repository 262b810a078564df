// Keys of the whole window and of the current screen: single keys, and pairs such as `g` then `d`.
import { useEffect, useRef } from 'react';

export type Keymap = Readonly<Record<string, (event: KeyboardEvent) => void>>;

const PAIR_MS = 900;

/** `mod+k`, `g d`, `shift+/`, `j`. Letters are as typed, so that layouts with dead keys work. */
export function keyName(event: KeyboardEvent): string {
  const key = event.key.toLowerCase();
  const modifiers = [event.ctrlKey || event.metaKey ? 'mod' : '', event.altKey ? 'alt' : ''];
  // Shift is part of the character for signs, and told apart for letters and named keys.
  if (event.shiftKey && (event.key.length > 1 || /[a-z]/i.test(event.key))) modifiers.push('shift');
  return [...modifiers.filter(Boolean), key].join('+');
}

/** Keys that belong to a focused text field, or to an open dialog or menu; a menu, which stays a while after its choice, takes none with Ctrl. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return true;
  const hasModifier = event.ctrlKey || event.metaKey;
  if (document.querySelector('[role="dialog"]')) return true;
  if (!hasModifier && document.querySelector('[role="menu"]')) return true;
  const target = event.target as HTMLElement | null;
  const editable = target?.closest(
    'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]',
  );
  return Boolean(editable) && !hasModifier;
}

/** Calls what the map has for the keys pressed, while the component is there. */
export function useKeymap(keymap: Keymap): void {
  const latest = useRef(keymap);
  latest.current = keymap;
  useEffect(() => {
    let first: { readonly key: string; readonly atMs: number } | undefined;
    function listen(event: KeyboardEvent): void {
      if (isTaken(event)) return;
      const key = keyName(event);
      const now = performance.now();
      const pair = first && now - first.atMs < PAIR_MS ? `${first.key} ${key}` : undefined;
      const map = latest.current;
      const name = pair && map[pair] ? pair : key;
      const startsPair = Object.keys(map).some((known) => known.startsWith(`${key} `));
      first = startsPair ? { key, atMs: now } : undefined;
      if (!map[name]) return;
      event.preventDefault();
      map[name](event);
    }
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
