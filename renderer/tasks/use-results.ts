// What several runs say of the part that they are compared on. While a run has new weights, its answer before stays.
import { useQueries } from '@tanstack/react-query';
import type { RunSummary } from '../../engine/contract/runs/run.ts';
import { keptOfRun } from '../engine/queries.ts';
import { weightsOf } from '../features/run/weights-of.ts';
import { useScoredPart } from './use-scored-part.ts';

interface Asked<Request extends object, Result> {
  readonly runs: readonly RunSummary[];
  /** Of the task, in the keys of answers. */
  readonly kind: string;
  readonly request: Request;
  ask(
    request: Request & { readonly run: RunSummary['id']; readonly part: 'test' | 'validation' },
    options: { readonly signal: AbortSignal },
  ): Promise<Result>;
}

export function useResults<Request extends object, Result>({
  runs,
  kind,
  request,
  ask,
}: Asked<Request, Result>) {
  const able = runs.filter(({ bestEpoch }) => bestEpoch !== null);
  const part = useScoredPart(able);
  const found = useQueries({
    queries: able.map((run) => {
      const asked = { ...request, run: run.id, part };
      return {
        queryKey: [kind, 'result', asked, weightsOf(run)],
        queryFn: ({ signal }: { signal: AbortSignal }) => ask(asked, { signal }),
        placeholderData: keptOfRun(run.id),
        staleTime: Number.POSITIVE_INFINITY,
        retry: false,
      };
    }),
  });
  const results = found.map(({ data }) => data);
  return {
    /** Those that have weights. */
    able,
    part,
    /** By run; undefined until it is there. */
    results,
    /** Null until all are there. */
    all: results.every((one) => one !== undefined) ? (results as readonly Result[]) : null,
    error: found.find((one) => one.error)?.error ?? null,
  };
}
