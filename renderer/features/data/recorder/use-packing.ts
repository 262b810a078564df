// Packs recordings and hands them over to the preview of an import. It ends with the dialog.
import { useEffect, useRef, useState } from 'react';
import { useShell } from '../../../app/shell-context.tsx';
import { useEngine } from '../../../engine/engine-context.tsx';
import { openImportAs } from '../import-state.ts';
import { packRecordings } from './pack-recordings.ts';
import { clearRecordings, type Recordings } from './recorded.ts';

export function usePacking() {
  const engine = useEngine();
  const shell = useShell();
  const [packed, setPacked] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), []);
  async function start(recordings: Recordings): Promise<void> {
    const ending = new AbortController();
    const { signal } = ending;
    running.current = ending;
    setError(null);
    setPacked(0);
    try {
      const { file, options } = await packRecordings(recordings, { engine, signal, onProgress: setPacked });
      if (signal.aborted) return;
      await openImportAs({ options, onImported: clearRecordings }, (how) => shell.handOver(file, how));
    } catch (cause) {
      if (!signal.aborted) setError(cause);
    } finally {
      setPacked(null);
    }
  }
  return { packed, error, start };
}
