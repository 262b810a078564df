// The runs with the user's labels. A run without a change stays the same object, so its row is not drawn again.
import { useThrottledValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import type { RunSummary } from '../../../engine/contract/run.ts';
import type { RunLabel } from '../../../engine/contract/views.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { labelsQuery, runsQuery } from '../../engine/queries.ts';
import type { ListedRun } from './run-filter.ts';

const NO_TAGS: readonly string[] = [];
/** Filtering and sorting more runs than these is done once a second; their rows are live all the same. */
const MANY = 500;

export interface ListedRuns {
  readonly latest: readonly ListedRun[] | undefined;
  /** For filter and order. */
  readonly steady: readonly ListedRun[] | undefined;
  readonly byId: ReadonlyMap<number, ListedRun>;
  readonly error: unknown;
}

export function useListedRuns(): ListedRuns {
  const engine = useEngine();
  const { data, error } = useQuery(runsQuery(engine));
  const { data: labels } = useQuery(labelsQuery(engine));
  const list = useLister(labels);
  const latest = useMemo(() => data?.map(list), [data, list]);
  const byId = useMemo(() => new Map(latest?.map((run) => [run.id as number, run])), [latest]);
  const throttled = useThrottledValue(latest, 1_000);
  const steady = latest && latest.length > MANY && throttled?.length === latest.length ? throttled : latest;
  return { latest, steady, byId, error };
}

function useLister(labels: readonly RunLabel[] | undefined): (run: RunSummary) => ListedRun {
  const known = useRef(new WeakMap<RunSummary, ListedRun>());
  return useMemo(() => {
    const byRun = new Map(labels?.map((label) => [label.runId, label]));
    known.current = new WeakMap();
    return (run) => {
      const found = known.current.get(run);
      if (found) return found;
      const { tags = NO_TAGS, note = '' } = byRun.get(run.id) ?? {};
      const listed = { ...run, tags, note };
      known.current.set(run, listed);
      return listed;
    };
  }, [labels]);
}
