// How far a call is that answers once, by the name that it was given.
import { useQuery } from '@tanstack/react-query';
import type { CallProgress } from '../../engine/contract/values/progress.ts';
import { useEngine } from './engine-context.tsx';

const ASKED_MS = 400;

/** Null while nothing is known of it. */
export function useCallProgress(watch: string): CallProgress | null {
  const engine = useEngine();
  const { data } = useQuery({
    queryKey: ['call progress', watch],
    queryFn: ({ signal }) => engine.engine.progress({ watch }, { signal }),
    refetchInterval: ASKED_MS,
    retry: false,
    gcTime: 0,
  });
  return data ?? null;
}
