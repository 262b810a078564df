// One import while it runs: what was asked for, where its results go, and how far it is.
import type { ImportProgress, ImportRequest } from '../../contract/processes/importer.ts';
import type { LookThread } from './look/look-thread.ts';
import type { ImportSink } from './rows/sink.ts';

export interface Job {
  readonly request: ImportRequest;
  readonly sink: ImportSink;
  readonly folder: string;
  readonly signal: AbortSignal | undefined;
  /** Of a large file. */
  readonly lookThread: LookThread | null;
  progress(phase: ImportProgress['phase'], rows: number, fraction: number): void;
}

// Share of the whole work at the end of each part, by measurement of a large file.
export const DONE = { inspected: 0.08, checked: 0.2, loaded: 0.45, typed: 0.6, described: 0.65 } as const;
