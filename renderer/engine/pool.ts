// The pool of workers, as screens ask for it.
import { useQuery } from '@tanstack/react-query';
import type { EngineClient } from '../../engine/connect/connection.ts';
import type { Place } from '../../engine/contract/pool/place.ts';
import { usePreference } from '../app/preferences.ts';
import { useEngine } from './engine-context.tsx';

export const poolQuery = (engine: EngineClient) => ({
  queryKey: ['pool'],
  queryFn: () => engine.pool.status(),
});

/** Where this window trains what it starts: the pool is offered where the workspace has one. */
export function usePlace(): {
  readonly hasPool: boolean;
  readonly place: Place;
  choose(place: Place): void;
} {
  const { data } = useQuery({ ...poolQuery(useEngine()), staleTime: 60_000 });
  const [trainOn, setTrainOn] = usePreference('trainOn');
  const hasPool = data != null && data.address !== null;
  return { hasPool, place: hasPool && trainOn === 'pool' ? 'pool' : 'here', choose: setTrainOn };
}
