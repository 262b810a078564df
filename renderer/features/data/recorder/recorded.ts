// The recordings that are to become samples. They are kept until they are imported or deleted, also while the dialog is closed.
import { useSyncExternalStore } from 'react';
import type { Recorded } from './recording.ts';

export interface Take extends Recorded {
  readonly id: number;
  /** Of its class. */
  readonly of: number;
  /** The speaker or the like; empty: none. */
  readonly group: string;
}

export interface RecordedClass {
  readonly id: number;
  readonly name: string;
}

/** A dataset of recordings that more are added to. */
export interface Base {
  readonly id: number;
  readonly name: string;
  readonly version: number;
  readonly rows: number;
  readonly label: string;
  /** Null: its samples have none. */
  readonly group: string | null;
}

export interface Recordings {
  readonly base: Base | null;
  readonly classes: readonly RecordedClass[];
  readonly takes: readonly Take[];
}

let ids = 0;
const nextId = (): number => {
  ids += 1;
  return ids;
};

/** Two classes to begin with: of one alone there is nothing to tell apart. */
const begun = (base: Base | null, names: readonly string[]): Recordings => ({
  base,
  classes: [...names, ...(base ? [] : ['', ''])].map((name) => ({ id: nextId(), name })),
  takes: [],
});

let recordings = begun(null, []);
const listeners = new Set<() => void>();

function set(next: Recordings): void {
  recordings = next;
  for (const listener of listeners) listener();
}

export const currentRecordings = (): Recordings => recordings;

export function useRecordings(): Recordings {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, currentRecordings);
}

/** For a new dataset, or to be added to one; recordings of the same one are still there. */
export function beginRecordings(base: Base | null, names: readonly string[] = []): void {
  const isSame = recordings.base?.id === base?.id && recordings.base?.version === base?.version;
  if (!isSame || recordings.takes.length === 0) set(begun(base, names));
}

export const clearRecordings = (): void => set(begun(recordings.base, []));

export function addClass(): void {
  set({ ...recordings, classes: [...recordings.classes, { id: nextId(), name: '' }] });
}

export function nameClass(id: number, name: string): void {
  set({
    ...recordings,
    classes: recordings.classes.map((one) => (one.id === id ? { ...one, name } : one)),
  });
}

/** With its recordings. */
export function removeClass(id: number): void {
  set({
    ...recordings,
    classes: recordings.classes.filter((one) => one.id !== id),
    takes: recordings.takes.filter(({ of }) => of !== id),
  });
}

export function addTake(take: Omit<Take, 'id'>): void {
  set({ ...recordings, takes: [...recordings.takes, { ...take, id: nextId() }] });
}

export function removeTake(id: number): void {
  set({ ...recordings, takes: recordings.takes.filter((take) => take.id !== id) });
}

/** Why they cannot be imported yet; null where they can. */
export function problemOf({ base, classes, takes }: Recordings): string | null {
  if (takes.length === 0) return 'Record a sample of each class.';
  const used = classes.filter(({ id }) => takes.some(({ of }) => of === id));
  if (used.some(({ name }) => name.trim() === '')) return 'Name each class that has recordings.';
  const names = used.map(({ name }) => name.trim());
  if (new Set(names).size < names.length) return 'Two classes have the same name; name them otherwise.';
  if (!base && names.length < 2) return 'Record a second class: of one alone there is nothing to tell apart.';
  return null;
}
