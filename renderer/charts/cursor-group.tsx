// Charts with the same x axis share one cursor: pointing at a step in one shows that step in all.
import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from 'react';

export interface Cursor {
  get(): number | null;
  set(x: number | null): void;
  subscribe(listener: () => void): () => void;
}

export function createCursor(): Cursor {
  const listeners = new Set<() => void>();
  let x: number | null = null;
  return {
    get: () => x,
    set(next) {
      if (next === x) return;
      x = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const Context = createContext<Cursor | null>(null);

export function CursorGroup({ children }: { readonly children: ReactNode }) {
  const cursor = useMemo(createCursor, []);
  return <Context value={cursor}>{children}</Context>;
}

/** The group's cursor, or the chart's own where there is no group. */
export function useCursor(): Cursor {
  const shared = useContext(Context);
  const own = useMemo(createCursor, []);
  return shared ?? own;
}

export const useCursorX = (cursor: Cursor): number | null =>
  useSyncExternalStore(cursor.subscribe, cursor.get);
