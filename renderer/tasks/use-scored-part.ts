// Which part of the data runs are compared on.
import { useQuery } from '@tanstack/react-query';
import type { RunSummary } from '../../engine/contract/runs/run.ts';
import { useEngine } from '../engine/engine-context.tsx';
import { studiesQuery } from '../engine/queries.ts';

/** The test part, but of the runs of a study that hides it as long as it makes choices. */
export function useScoredPart(runs: readonly RunSummary[]): 'test' | 'validation' {
  const { data: studies = [] } = useQuery(studiesQuery(useEngine()));
  const hiding = new Set<number | null>(studies.filter(({ hidesTest }) => hidesTest).map(({ id }) => id));
  return runs.some(({ studyId }) => hiding.has(studyId)) ? 'validation' : 'test';
}
