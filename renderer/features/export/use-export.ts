// One export from the question to the files: made by the engine, then saved where the user says.
import { useEffect, useRef, useState } from 'react';
import type { ExportFormat } from '../../../engine/contract/export.ts';
import type { Verification } from '../../../engine/contract/new-data.ts';
import { useShell } from '../../app/shell-context.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import type { FileToSave, Saved } from '../../shell/shell.ts';
import type { ExportedRun } from './export-state.ts';
import { namedFiles, saveName } from './formats.ts';

/** What the engine made. It stays until the dialog goes, so that a second thought about the place costs nothing. */
export interface Made {
  readonly format: ExportFormat;
  readonly files: readonly FileToSave[];
  readonly verified: Verification | undefined;
}

export interface Export {
  readonly working: boolean;
  readonly made: Made | null;
  readonly saved: Saved | null;
  readonly error: unknown;
  start(format: ExportFormat): Promise<void>;
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

  async function make(format: ExportFormat): Promise<Made> {
    const controller = new AbortController();
    ending.current = controller;
    setWorking(true);
    try {
      const { files, verified } = await engine.runs.export(
        { run: run.id, format },
        { signal: controller.signal },
      );
      return { format, files: namedFiles(files, run.name, format), verified };
    } finally {
      if (ending.current === controller) setWorking(false);
    }
  }

  async function start(format: ExportFormat): Promise<void> {
    setError(null);
    setSaved(null);
    try {
      const files = made?.format === format ? made : await make(format);
      setMade(files);
      setSaved(await shell.saveFiles(saveName(run.name, format), files.files));
    } catch (cause) {
      if (!ending.current?.signal.aborted) setError(cause);
    }
  }
  return { working, made, saved, error, start, cancel: () => ending.current?.abort() };
}
