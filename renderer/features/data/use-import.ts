// An import that runs: its progress, its error, and its end.
import { useEffect, useRef, useState } from 'react';
import type { EngineClient } from '../../../engine/connect/connection.ts';
import type { ImportUpdate } from '../../../engine/contract/datasets/dataset.ts';
import { HindcastError } from '../../../engine/contract/values/errors.ts';
import { hrefOf, navigate } from '../../app/router.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { notifyDone } from '../../ui/messages.tsx';
import { closeImport, type Subject, setImporting } from './import-state.ts';
import { importedText } from './imported-text.ts';

export type ImportProgress = Extract<ImportUpdate, { type: 'progress' }>;
type Begin = (engine: EngineClient, signal: AbortSignal) => Promise<AsyncIterable<ImportUpdate>>;

/** @param subject of the dialog; null while the user chooses */
export function useImport(subject: Subject | null) {
  const engine = useEngine();
  const [progress, setProgress] = useState<ImportProgress | null>(null);
  const [error, setError] = useState<unknown>(null);
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function start(begin: Begin): Promise<void> {
    const ending = new AbortController();
    running.current = ending;
    setError(null);
    setProgress({ type: 'progress', phase: 'reading', rows: 0, fraction: 0, secondsLeft: null });
    setImporting(subject, true);
    try {
      for await (const update of await begin(engine, ending.signal)) {
        if (update.type === 'progress') setProgress(update);
        else {
          closeImport();
          if (subject?.kind === 'file') subject.onImported?.();
          notifyDone(await importedText(engine, update));
          navigate(hrefOf(['data', update.dataset.id]));
        }
      }
    } catch (cause) {
      if (!ending.signal.aborted) setError(HindcastError.wrap(cause, 'The import failed'));
    } finally {
      setImporting(subject, false);
      setProgress(null);
    }
  }
  return { progress, error, start, cancel: () => running.current?.abort() };
}
