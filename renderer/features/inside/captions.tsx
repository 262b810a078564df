// Units that follow something that a reader knows.
import { useQuery } from '@tanstack/react-query';
import type { Place } from '../../../engine/contract/inside/target.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { formatNumber } from '../../ui/format.ts';
import classes from '../run/run-page.module.css';
import { captionsQuery } from './inside-queries.ts';
import type { InsideViewProps } from './inside-view.ts';
import { useStill } from './use-still.ts';

const MOST = 6;

export function Captions({ target, version, place }: InsideViewProps & { readonly place: Place }) {
  // Hundreds of windows are passed through for it: not for each epoch of a playback.
  const isStill = useStill(JSON.stringify(target.weights));
  const { data } = useQuery({
    ...captionsQuery(useEngine(), target, place, version),
    enabled: isStill,
  });
  if (!data || data.captions.length === 0) return null;
  const strongest = [...data.captions].sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation));
  const shown = strongest
    .slice(0, MOST)
    .map(({ unit, follows, correlation }) => `unit ${unit} ${follows} (r ${formatNumber(correlation, 2)})`);
  const more = strongest.length - shown.length;
  return (
    <p className={`${classes.wide} muted`}>
      Units that follow something readable: {shown.join(', ')}
      {more > 0 && ` and ${more} more`}.
    </p>
  );
}
