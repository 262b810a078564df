// Units that follow something readable over many samples.
import { useQuery } from '@tanstack/react-query';
import { useEngine } from '../../../engine/engine-context.tsx';
import { formatCount, formatNumber } from '../../../ui/format.ts';
import classes from '../../run/run-page.module.css';
import { followersQuery } from './reading-queries.ts';
import type { ReadingProps } from './reading-view.ts';

const MOST = 8;

export function FollowersPanel({ asked, about, version }: ReadingProps) {
  const { data } = useQuery(followersQuery(useEngine(), asked, version));
  if (!data) return null;
  const shown = data.followers
    .slice(0, MOST)
    .map(({ unit, follows, correlation }) => `unit ${unit} ${follows} (r ${formatNumber(correlation, 2)})`);
  const more = data.followers.length - shown.length;
  const over = `over ${formatCount(data.steps)} steps of ${formatCount(data.samples)} training samples`;
  return (
    <p className={`${classes.wide} muted`}>
      {shown.length === 0
        ? `No unit of this layer follows anything readable ${over}: ${about.says === 'frame' ? 'the position, the brightness, or how much a frame differs from the one before' : 'a position, a bracket, a letter, a class'}.`
        : `Units that follow something readable ${over}: ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`}
    </p>
  );
}
