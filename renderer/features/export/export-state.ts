// The window's current export: any screen or key can begin one, and the dialog shows it.
import { useSyncExternalStore } from 'react';
import type { ExportFormat } from '../../../engine/contract/runs/export.ts';

export interface ExportedRun {
  readonly id: number;
  readonly name: string;
}

export interface ExportDraft {
  readonly run: ExportedRun;
  readonly format: ExportFormat;
}

let draft: ExportDraft | null = null;
const listeners = new Set<() => void>();

function set(next: ExportDraft | null): void {
  draft = next;
  for (const listener of listeners) listener();
}

export const openExport = ({ id, name }: ExportedRun, format: ExportFormat = 'csv'): void =>
  set({ run: { id, name }, format });

export const closeExport = (): void => set(null);

export function useExportDraft(): ExportDraft | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => draft,
  );
}
