// The metrics and baselines that the engine knows: fetched once, constant while it runs.
import { useQuery } from '@tanstack/react-query';
import type { Catalogue } from '../../engine/contract/runs/catalogue.ts';
import { useEngine } from './engine-context.tsx';
import { catalogueQuery } from './queries.ts';

/** Until the engine has answered, everything goes by its plain name. */
const UNKNOWN: Catalogue = { metrics: [], baselines: [] };

export function useCatalogue(): Catalogue {
  const { data } = useQuery(catalogueQuery(useEngine()));
  return data ?? UNKNOWN;
}
