// How a column looks by hour, weekday and month, and what of it is missing over time.
import type { ColumnProfiles, Profile } from '../../../../engine/contract/datasets/explore.ts';
import { ScaledBars } from '../../../charts/scaled-bars.tsx';
import { extent, padded, wholeTicks } from '../../../charts/scales.ts';
import { formatDataTime } from '../../../ui/format.ts';
import classes from '../data.module.css';
import type { AnswerProps } from './answer-props.ts';

const HEIGHT = 132;

function ProfileChart({ column, profile }: { readonly column: string; readonly profile: Profile }) {
  const { by, groups, mean, q25, q75 } = profile;
  return (
    <div>
      <ScaledBars
        values={mean}
        ranges={mean.map((_, i) => [q25[i]!, q75[i]!])}
        domain={padded(extent([mean, q25, q75]) ?? [0, 1], 'linear')}
        height={HEIGHT}
        label={`${column} by ${by}`}
        names={groups.map((text, at) => ({ at, text }))}
      />
      <span className="muted">By {by}: the mean, and the middle half of the values.</span>
    </div>
  );
}

export function ProfilesView({ answer }: AnswerProps<readonly ColumnProfiles[]>) {
  return answer.map(({ column, profiles, missing, missingFromUs }) => (
    <div key={column}>
      <b>{column}</b>
      <div className={classes.sideBySide}>
        {profiles.map((profile) => (
          <ProfileChart key={profile.by} column={column} profile={profile} />
        ))}
        <MissingChart column={column} missing={missing} fromUs={missingFromUs} />
      </div>
    </div>
  ));
}

const DATES = 4;

interface MissingChartProps {
  readonly column: string;
  readonly missing: readonly number[];
  readonly fromUs: readonly number[];
}

function MissingChart({ column, missing, fromUs }: MissingChartProps) {
  if (missing.every((share) => share === 0)) return <span className="muted">No value is missing.</span>;
  const names = wholeTicks([0, missing.length - 1], DATES).flatMap((at) => {
    const us = fromUs[at];
    return us === undefined ? [] : [{ at, text: formatDataTime(us).slice(0, 10) }];
  });
  return (
    <div>
      <ScaledBars
        values={missing}
        domain={[0, 1]}
        height={HEIGHT}
        label={`Missing values of ${column} over time`}
        names={names}
      />
      <span className="muted">Share of missing values over time.</span>
    </div>
  );
}
