// Forecasts of new data, one for each model, kept while the window is open: another screen and back, and it is still there.
import { useSyncExternalStore } from 'react';
import type { EngineClient } from '../../../engine/connect/connection.ts';
import type { ImportReport } from '../../../engine/contract/dataset.ts';
import { HindcastError } from '../../../engine/contract/errors.ts';
import { type Frame, readFrameBlob } from '../../../engine/contract/frame.ts';
import type { Forecaster, NewForecastHeader } from '../../../engine/contract/new-data.ts';
import type { EngineFile, TransferOptions } from '../../shell/shell.ts';

export interface NewForecast {
  readonly fileName: string;
  readonly report: ImportReport;
  readonly frame: Frame<NewForecastHeader>;
  readonly csv: Blob;
}

export interface ForecastState {
  /** What is being done; `fraction` of an upload. */
  readonly working: { readonly what: string; readonly fraction: number | null } | null;
  /** Which file gave no forecast, and why. The forecast before it stays. */
  readonly failure: { readonly fileName: string; readonly error: unknown } | null;
  readonly result: NewForecast | null;
}

/** Hands the file over; null when the user thinks better of it. */
export type GetFile = (options: TransferOptions) => Promise<EngineFile | null>;

const IDLE: ForecastState = { working: null, failure: null, result: null };

const states = new Map<string, ForecastState>();
const endings = new Map<string, AbortController>();
const listeners = new Set<() => void>();

const keyOf = (model: Forecaster): string =>
  model.kind === 'run' ? `run ${model.run}` : `folder ${model.folder}`;

function change(key: string, part: Partial<ForecastState>): void {
  states.set(key, { ...(states.get(key) ?? IDLE), ...part });
  for (const listener of listeners) listener();
}

export const forecastState = (model: Forecaster): ForecastState => states.get(keyOf(model)) ?? IDLE;

export function useNewForecast(model: Forecaster): ForecastState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => forecastState(model),
  );
}

export function cancelForecast(model: Forecaster): void {
  endings.get(keyOf(model))?.abort();
}

/** Of that file; one under way for the same model is given up. */
export async function startForecast(
  engine: EngineClient,
  model: Forecaster,
  getFile: GetFile,
): Promise<void> {
  const key = keyOf(model);
  endings.get(key)?.abort();
  const ending = new AbortController();
  endings.set(key, ending);
  const isCurrent = () => endings.get(key) === ending;
  const { signal } = ending;
  let file: EngineFile | null = null;
  try {
    const onProgress = (fraction: number): void =>
      change(key, { failure: null, working: { what: 'Handing the file to the engine', fraction } });
    file = await getFile({ onProgress, signal });
    if (!file || !isCurrent()) return;
    change(key, { failure: null, working: { what: `Reading ${file.name} and forecasting`, fraction: null } });
    const input = { kind: 'file', path: file.path } as const;
    const { report, frame, csv } = await engine.runs.forecastNew({ model, input }, { signal });
    const result = { fileName: file.name, report, frame: await readFrameBlob<NewForecastHeader>(frame), csv };
    if (isCurrent()) change(key, { result });
  } catch (cause) {
    const error = HindcastError.wrap(cause, 'The forecast failed');
    if (isCurrent() && !signal.aborted) change(key, { failure: { fileName: file?.name ?? '', error } });
  } finally {
    file?.release();
    if (isCurrent()) change(key, { working: null });
  }
}
