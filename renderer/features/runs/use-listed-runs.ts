// The runs with the user's labels. A run without a change stays the same object, so its row is not drawn again.
import { useThrottledValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import type { RunLabel } from '../../../engine/contract/datasets/views.ts';
import type { RunSummary } from '../../../engine/contract/runs/run.ts';
import type { StudySummary } from '../../../engine/contract/studies/study.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { labelsQuery, runsQuery, studiesQuery } from '../../engine/queries.ts';
import { type ListedStudy, listStudies } from './list-entries.ts';
import type { ListedRun } from './run-filter.ts';

const NO_TAGS: readonly string[] = [];
const NO_STUDIES: readonly StudySummary[] = [];
/** Filtering and sorting more runs than these is done once a second; their rows are live all the same. */
const MANY = 500;

export interface ListedRuns {
  readonly latest: readonly ListedRun[] | undefined;
  /** For filter and order. */
  readonly steady: readonly ListedRun[] | undefined;
  readonly byId: ReadonlyMap<number, ListedRun>;
  /** Each study as it is now, by its number. */
  readonly studies: ReadonlyMap<number, ListedStudy>;
  readonly error: unknown;
}

export function useListedRuns(): ListedRuns {
  const engine = useEngine();
  const { data, error } = useQuery(runsQuery(engine));
  const { data: labels } = useQuery(labelsQuery(engine));
  const { data: known = NO_STUDIES } = useQuery(studiesQuery(engine));
  const list = useLister(labels, known);
  const latest = useMemo(() => data?.map(list), [data, list]);
  const byId = useMemo(() => new Map(latest?.map((run) => [run.id as number, run])), [latest]);
  const studies = useSteadyStudies(useMemo(() => listStudies(latest ?? [], known), [latest, known]));
  const throttled = useThrottledValue(latest, 1_000);
  const steady = latest && latest.length > MANY && throttled?.length === latest.length ? throttled : latest;
  return { latest, steady, byId, studies, error };
}

/** A study that nothing happened to stays the same object too. */
function useSteadyStudies(studies: ReadonlyMap<number, ListedStudy>): ReadonlyMap<number, ListedStudy> {
  const before = useRef<ReadonlyMap<number, ListedStudy>>(studies);
  return useMemo(() => {
    const steady = [...studies].map(([id, listed]) => {
      const old = before.current.get(id);
      return [id, old && isSame(old, listed) ? old : listed] as const;
    });
    before.current = new Map(steady);
    return before.current;
  }, [studies]);
}

const isSame = (a: ListedStudy, b: ListedStudy): boolean =>
  a.study === b.study &&
  a.members.length === b.members.length &&
  a.members.every((run, index) => run === b.members[index]);

function useLister(
  labels: readonly RunLabel[] | undefined,
  studies: readonly StudySummary[],
): (run: RunSummary) => ListedRun {
  const known = useRef(new WeakMap<RunSummary, ListedRun>());
  return useMemo(() => {
    const byRun = new Map(labels?.map((label) => [label.runId, label]));
    const byStudy = new Map(studies.map(({ id, name }) => [id, name]));
    known.current = new WeakMap();
    return (run) => {
      const found = known.current.get(run);
      if (found) return found;
      const { tags = NO_TAGS, note = '' } = byRun.get(run.id) ?? {};
      const studyName = run.studyId === null ? undefined : byStudy.get(run.studyId);
      const listed = { ...run, tags, note, studyName };
      known.current.set(run, listed);
      return listed;
    };
  }, [labels, studies]);
}
