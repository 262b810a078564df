// The states or one gate of a layer over a window, as a heat map of units over time.
import { useQuery } from '@tanstack/react-query';
import type { RowOrder } from '../../../engine/contract/inside/states.ts';
import type { Place } from '../../../engine/contract/inside/target.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { ErrorMessage } from '../../ui/messages.tsx';
import { useAsked } from './ahead.tsx';
import { statesQuery, type Target } from './inside-queries.ts';
import { StatesHeat, type StatesHeatProps } from './states-heat.tsx';

interface StateMapProps extends Omit<StatesHeatProps, 'frame'> {
  readonly target: Target;
  readonly version: string;
  readonly place: Place;
  readonly what: string;
  readonly order: RowOrder;
}

export function StateMap({ target, version, place, what, order, ...shown }: StateMapProps) {
  const engine = useEngine();
  const choice = { place, what, order };
  const { data: frame, error } = useQuery(statesQuery(engine, target, choice, version));
  useAsked((queries, next) => queries.prefetchQuery(statesQuery(engine, next, choice, version)));
  if (error) return <ErrorMessage error={error} />;
  if (!frame) return <p className="muted">Computing the states of this window …</p>;
  return <StatesHeat frame={frame} {...shown} />;
}
