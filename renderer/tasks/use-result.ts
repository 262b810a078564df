// What a run says of its test part, asked once for each request; while another one is asked, the answer before stays.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { RunDetail } from '../../engine/contract/runs/run.ts';
import { weightsOf } from '../features/run/weights-of.ts';

interface Asked<Request extends object, Result> {
  readonly run: RunDetail;
  readonly request: Request;
  ask(
    request: Request & { readonly run: RunDetail['id'] },
    options: { readonly signal: AbortSignal },
  ): Promise<Result>;
}

export function useResult<Request extends object, Result extends { readonly verdict: string }>({
  run,
  request,
  ask,
}: Asked<Request, Result>) {
  const asked = { ...request, run: run.id };
  const { data, error, isPending } = useQuery({
    queryKey: [run.configuration.task.kind, 'result', asked, weightsOf(run)],
    queryFn: ({ signal }) => ask(asked, { signal }),
    placeholderData: keepPreviousData,
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
      pending: isPending ? 'The model answers the test part …' : null,
    },
  };
}
