// The questions of the screen Learn.
import { queryOptions } from '@tanstack/react-query';
import type { EngineClient } from '../../../engine/connect/connection.ts';
import type { LabName } from '../../../engine/contract/labs.ts';

const LABS = 'labs';
/** All questions about labs: what a new or a deleted result makes out of date. */
export const LAB_KEY = [LABS] as const;

export const labResultsQuery = (engine: EngineClient, lab?: LabName) =>
  queryOptions({
    queryKey: [LABS, 'results', lab ?? 'all'] as const,
    queryFn: () => engine.labs.results({ lab }),
  });

export const labResultQuery = (engine: EngineClient, result: number | null) =>
  queryOptions({
    queryKey: [LABS, 'result', result] as const,
    queryFn: () => engine.labs.result({ result: result ?? 0 }),
    enabled: result !== null,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
