// One export from the question to the files: the engine makes them, then the shell saves them where the user says.
import { useEffect, useRef, useState } from 'react';
import { useShell } from '../../app/shell-context.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import type { Saved } from '../../shell/shell.ts';
import type { ExportedRun } from './export-state.ts';
import { saveName } from './formats.ts';
import { type Choice, type Made, makeExport } from './make-export.ts';

export interface Export {
  readonly working: boolean;
  /** It stays until the dialog goes, so that the path can still be changed. */
  readonly made: Made | null;
  readonly saved: Saved | null;
  readonly error: unknown;
  start(choice: Choice): Promise<void>;
  cancel(): void;
}

export function useExport(run: ExportedRun): Export {
  const engine = useEngine();
  const shell = useShell();
  const [made, setMade] = useState<Made | null>(null);
  const [saved, setSaved] = useState<Saved | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [working, setWorking] = useState(false);
  const ending = useRef<AbortController>(null);
  useEffect(() => () => ending.current?.abort(), []);

  async function make(choice: Choice): Promise<Made | null> {
    const controller = new AbortController();
    ending.current = controller;
    setWorking(true);
    try {
      return await makeExport(engine, run, choice, controller.signal);
    } finally {
      if (ending.current === controller) setWorking(false);
    }
  }

  async function start(choice: Choice): Promise<void> {
    setError(null);
    setSaved(null);
    try {
      const files = isFor(made, choice) ? made : await make(choice);
      if (!files) return;
      setMade(files);
      setSaved(await shell.saveFiles(saveName(run.name, choice.format), files.files));
    } catch (cause) {
      setError(cause);
    }
  }
  return { working, made, saved, error, start, cancel: () => ending.current?.abort() };
}

/** Whether these files are what was chosen. */
export const isFor = (made: Made | null, { format, guardFormulas, inside }: Choice): made is Made =>
  made?.format === format && made.guardFormulas === guardFormulas && made.inside === inside;
