// How a column looks by hour, weekday and month, and what of it is missing over time.
import type { ColumnProfiles, Profile } from '../../../../engine/contract/datasets/explore.ts';
import { ScaledBars } from '../../../charts/scaled-bars.tsx';
import { extent, padded } from '../../../charts/scales.ts';
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
  return answer.map(({ column, profiles, missing }) => (
    <div key={column}>
      <div className={classes.smallTitle}>{column}</div>
      {profiles.map((profile) => (
        <ProfileChart key={profile.by} column={column} profile={profile} />
      ))}
      <ScaledBars
        values={missing}
        domain={[0, 1]}
        height={HEIGHT / 2 + 20}
        label={`Missing values of ${column} over time`}
        names={[
          { at: 0, text: 'start' },
          { at: missing.length - 1, text: 'end' },
        ]}
      />
      <span className="muted">Share of missing values over time</span>
    </div>
  ));
}
