// The queries of the screens to the engine, under keys that events can invalidate (live.ts).
import { type QueryKey, queryOptions } from '@tanstack/react-query';
import type { EngineClient } from '../../engine/connect/connection.ts';
import { CurvesFrame } from '../../engine/contract/datasets/frames.ts';
import { ForecastAtFrame, NewForecastFrame } from '../../engine/contract/results/forecast.ts';
import { ResultFrame } from '../../engine/contract/results/result.ts';
import { readRunList } from '../../engine/contract/runs/run-list.ts';

export const keys = {
  engine: ['engine'] as const,
  runs: ['runs'] as const,
  labels: ['labels'] as const,
  studies: ['studies'] as const,
  /** Trials of sweeps. */
  sweeps: ['sweeps'] as const,
  queue: ['queue'] as const,
  datasets: ['datasets'] as const,
  run: (id: number) => ['run', id] as const,
  curvesOf: (id: number) => ['curves', id] as const,
  sparkline: (id: number) => ['sparkline', id] as const,
};

export const runsQuery = (engine: EngineClient) =>
  queryOptions({ queryKey: keys.runs, queryFn: async () => readRunList(await engine.runs.list({})) });

export const runQuery = (engine: EngineClient, id: number) =>
  queryOptions({ queryKey: keys.run(id), queryFn: () => engine.runs.get({ run: id }) });

export const queueQuery = (engine: EngineClient) =>
  queryOptions({ queryKey: keys.queue, queryFn: () => engine.queue.get() });

export const engineQuery = (engine: EngineClient) =>
  queryOptions({ queryKey: keys.engine, queryFn: () => engine.engine.describe() });

export const catalogueQuery = (engine: EngineClient) =>
  queryOptions({
    queryKey: ['catalogue'] as const,
    queryFn: () => engine.engine.catalogue(),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const datasetsQuery = (engine: EngineClient) =>
  queryOptions({ queryKey: keys.datasets, queryFn: () => engine.datasets.list() });

/** A version never changes. */
export const datasetQuery = (engine: EngineClient, dataset: string, version: number) =>
  queryOptions({
    queryKey: [...keys.datasets, dataset, version] as const,
    queryFn: () => engine.datasets.get({ dataset, version }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export interface CurvesRequest {
  readonly run: number;
  readonly scope: 'step' | 'epoch';
  readonly names: readonly string[];
  /** Points wanted: about the width of the chart in pixels. */
  readonly points: number;
  readonly smoothing: number;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

export const curvesQuery = (engine: EngineClient, request: CurvesRequest) =>
  queryOptions({
    queryKey: [...keys.curvesOf(request.run), request] as const,
    queryFn: async ({ signal }) => {
      const { names, ...rest } = request;
      return CurvesFrame.fromAnswer(await engine.runs.curves({ ...rest, names: [...names] }, { signal }));
    },
    placeholderData: (before) => before,
  });

/** Goes with the curves: what invalidates them invalidates it. */
export const clippedQuery = (engine: EngineClient, run: number) =>
  queryOptions({
    queryKey: [...keys.curvesOf(run), 'clipped'] as const,
    queryFn: ({ signal }) => engine.inside.clipped({ run }, { signal }),
    placeholderData: (before) => before,
  });

export const sparklineQuery = (engine: EngineClient, id: number) =>
  queryOptions({
    queryKey: keys.sparkline(id),
    queryFn: async () => {
      const { columns } = await CurvesFrame.fromAnswer(
        await engine.runs.curves({ run: id, scope: 'epoch', names: ['validationLoss'], points: 40 }),
      );
      return columns.mean[0] ?? null;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

/**
 * `placeholderData` of a query whose key has a request with this `run`: the answer before stays on screen while the same run is asked again,
 * for other weights or another part; an answer of another run does not.
 */
export const keptOfRun =
  (run: number) =>
  <Answer>(before: Answer | undefined, query: { readonly queryKey: QueryKey } | undefined) =>
    query?.queryKey.some((part) => (part as { readonly run?: unknown } | null)?.run === run)
      ? before
      : undefined;

export interface ForecastRequest {
  readonly run: number;
  readonly part: 'test' | 'validation';
  readonly origin?: number;
  readonly originUs?: number;
  readonly series?: string;
  /** Which weights it was made with: others are another forecast. */
  readonly weights: string;
}

export const forecastQuery = (engine: EngineClient, request: ForecastRequest) =>
  queryOptions({
    queryKey: ['forecast', request] as const,
    queryFn: async ({ signal }) => {
      const { weights: _weights, ...input } = request;
      return ForecastAtFrame.fromAnswer(await engine.runs.forecastAt(input, { signal }));
    },
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });

export interface ResultRequest {
  readonly run: number;
  readonly series?: string;
  readonly target?: string;
  readonly fromUs?: number;
  readonly toUs?: number;
  readonly points: number;
  /** As in ForecastRequest. */
  readonly weights: string;
}

/** Of the test part. */
export const resultQuery = (engine: EngineClient, request: ResultRequest) =>
  queryOptions({
    queryKey: ['result', request] as const,
    queryFn: async ({ signal }) => {
      const { weights: _weights, ...input } = request;
      return ResultFrame.fromAnswer(await engine.runs.result(input, { signal }));
    },
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });

/** `weights` as in ForecastRequest. */
export const residualsQuery = (
  engine: EngineClient,
  request: Pick<ResultRequest, 'run' | 'series' | 'target' | 'weights'> & { readonly step: number },
) =>
  queryOptions({
    queryKey: ['residuals', request] as const,
    queryFn: ({ signal }) => {
      const { weights: _weights, ...input } = request;
      return engine.runs.residuals(input, { signal });
    },
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });

/** Of the test part. `weights` as in ForecastRequest. */
export const intervalsQuery = (engine: EngineClient, request: Pick<ResultRequest, 'run' | 'weights'>) =>
  queryOptions({
    queryKey: ['intervals', request] as const,
    queryFn: ({ signal }) => engine.runs.intervals({ run: request.run }, { signal }),
    placeholderData: keptOfRun(request.run),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });

/** What comes after the last row of the run's data, with its CSV. `weights` as in ForecastRequest. */
export const futureQuery = (engine: EngineClient, run: number, weights: string) =>
  queryOptions({
    queryKey: ['future', { run, weights }] as const,
    queryFn: async ({ signal }) => {
      const { frame, csv } = await engine.runs.forecastFuture({ run }, { signal });
      return { frame: await NewForecastFrame.fromAnswer(frame), csv };
    },
    placeholderData: keptOfRun(run),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });

/** `weights` as in ForecastRequest. */
export const horizonErrorsQuery = (
  engine: EngineClient,
  request: Pick<ForecastRequest, 'run' | 'part' | 'weights'>,
) =>
  queryOptions({
    queryKey: ['horizonErrors', request] as const,
    queryFn: ({ signal }) => {
      const { weights: _weights, ...input } = request;
      return engine.runs.horizonErrors(input, { signal });
    },
    placeholderData: keptOfRun(request.run),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const labelsQuery = (engine: EngineClient) =>
  queryOptions({ queryKey: keys.labels, queryFn: () => engine.runs.labels() });

export const studiesQuery = (engine: EngineClient) =>
  queryOptions({ queryKey: keys.studies, queryFn: () => engine.studies.list() });

export const sweepQuery = (engine: EngineClient, study: number) =>
  queryOptions({
    queryKey: [...keys.sweeps, study] as const,
    queryFn: ({ signal }) => engine.studies.sweep({ study }, { signal }),
    retry: false,
  });
