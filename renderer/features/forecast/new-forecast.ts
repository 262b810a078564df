// Forecasts of new data, one for each model. They survive a change of screen; those of the last few models are kept.
import { useSyncExternalStore } from 'react';
import type { EngineClient } from '../../../engine/connect/connection.ts';
import type { ImportReport } from '../../../engine/contract/datasets/dataset.ts';
import { NewForecastFrame } from '../../../engine/contract/results/forecast.ts';
import type { Forecaster } from '../../../engine/contract/results/new-data.ts';
import { HindcastError } from '../../../engine/contract/values/errors.ts';
import type { EngineFile, TransferOptions } from '../../shell/shell.ts';

export interface NewForecast {
  /** Another one for each result of this window, also for the same file again. */
  readonly number: number;
  readonly fileName: string;
  readonly report: ImportReport;
  readonly frame: NewForecastFrame;
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

/** Models whose results stay: each can hold a table of every series. */
export const FORECASTS_KEPT = 4;

const IDLE: ForecastState = { working: null, failure: null, result: null };

/** The last changed comes last. */
const states = new Map<string, ForecastState>();
const endings = new Map<string, AbortController>();
const listeners = new Set<() => void>();
let results = 0;

const keyOf = (model: Forecaster): string =>
  model.kind === 'run' ? `run ${model.run}` : `folder ${model.folder}`;

function change(key: string, part: Partial<ForecastState>): void {
  const state = { ...(states.get(key) ?? IDLE), ...part };
  states.delete(key);
  states.set(key, state);
  for (const [old, { working }] of states) {
    if (states.size <= FORECASTS_KEPT) break;
    if (!working) states.delete(old);
  }
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

/** Forecast of that file; a running one for the same model is cancelled as soon as there is a file. */
export async function startForecast(
  engine: EngineClient,
  model: Forecaster,
  getFile: GetFile,
): Promise<void> {
  const key = keyOf(model);
  const ending = new AbortController();
  const { signal } = ending;
  const say = (working: ForecastState['working']): void => {
    if (signal.aborted) return;
    if (endings.get(key) !== ending) endings.get(key)?.abort();
    endings.set(key, ending);
    change(key, { failure: null, working });
  };
  let file: EngineFile | null = null;
  try {
    const onProgress = (fraction: number) => say({ what: 'Sending the file to the engine', fraction });
    file = await getFile({ onProgress, signal });
    if (!file || signal.aborted) return;
    say({ what: `Reading ${file.name} and forecasting`, fraction: null });
    const input = { kind: 'file', path: file.path } as const;
    const { report, frame, csv } = await engine.runs.forecastNew({ model, input }, { signal });
    const read = await NewForecastFrame.fromAnswer(frame);
    results += 1;
    if (!signal.aborted)
      change(key, { result: { number: results, fileName: file.name, report, frame: read, csv } });
  } catch (cause) {
    const error = HindcastError.wrap(cause, 'The forecast failed');
    if (!signal.aborted) change(key, { failure: { fileName: file?.name ?? '', error } });
  } finally {
    file?.release();
    if (endings.get(key) === ending) {
      endings.delete(key);
      change(key, { working: null });
    }
  }
}
