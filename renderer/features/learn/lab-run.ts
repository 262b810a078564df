// The lab that runs at present: it continues while other screens are looked at, and is cancelled by its button or with the window.
import { useSyncExternalStore } from 'react';
import type { EngineClient } from '../../../engine/connect/connection.ts';
import type { LabChoice, LabName, LabResult, LabUpdate } from '../../../engine/contract/labs.ts';

export interface LabRun {
  readonly lab: LabName;
  readonly progress: Extract<LabUpdate, { type: 'progress' }> | null;
  readonly error: unknown;
  readonly isRunning: boolean;
}

let run: LabRun | null = null;
let ending: AbortController | null = null;
const listeners = new Set<() => void>();

function set(next: LabRun | null): void {
  run = next;
  for (const listener of listeners) listener();
}

/** Null where it failed or was cancelled. One at a time: the machine's cores are shared. */
export async function startLab(engine: EngineClient, choice: LabChoice): Promise<LabResult | null> {
  if (run?.isRunning) return null;
  const controller = new AbortController();
  ending = controller;
  const { lab } = choice;
  set({ lab, progress: null, error: null, isRunning: true });
  try {
    for await (const update of await engine.labs.run(choice, { signal: controller.signal })) {
      if (update.type === 'done') {
        set(null);
        return update.result;
      }
      set({ lab, progress: update, error: null, isRunning: true });
    }
    set(null);
  } catch (error) {
    set(controller.signal.aborted ? null : { lab, progress: null, error, isRunning: false });
  }
  return null;
}

export const cancelLab = (): void => ending?.abort();

export function useLabRun(): LabRun | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => run,
  );
}
