// What a run says of its test part, asked once for each request. While another one is asked, or the run has new weights, the answer before
// stays; that of another run does not.
import { useQuery } from '@tanstack/react-query';
import type { RunDetail } from '../../engine/contract/runs/run.ts';
import { keptOfRun } from '../engine/queries.ts';
import { weightsOf } from '../features/run/weights-of.ts';

interface Asked<Request extends object, Result> {
  readonly run: RunDetail;
  readonly request: Request;
  ask(
    request: Request & { readonly run: RunDetail['id'] },
    options: { readonly signal: AbortSignal },
  ): Promise<Result>;
  /** Said while the first answer is awaited. */
  readonly pending?: string;
}

export function useResult<Request extends object, Result extends { readonly verdict: string }>({
  run,
  request,
  ask,
  pending = 'The model answers the test part …',
}: Asked<Request, Result>) {
  const asked = { ...request, run: run.id };
  const { data, error, isPending } = useQuery({
    queryKey: [run.configuration.task.kind, 'result', asked, weightsOf(run)],
    queryFn: ({ signal }) => ask(asked, { signal }),
    placeholderData: keptOfRun(run.id),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return {
    data,
    /** Of the page around it. */
    page: {
      run,
      error,
      verdict: data?.verdict,
      pending: isPending ? pending : null,
    },
  };
}
