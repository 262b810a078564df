// What stands in the cells of a study's row: its runs summed up.
import { IconAlertTriangle } from '@tabler/icons-react';
import { ACTIVE_STATES } from '../../../engine/contract/runs/run.ts';
import type { Spread } from '../../../engine/contract/studies/study.ts';
import { isWorseThanBaseline } from '../../../engine/words/scores/baseline-check.ts';
import { measureText, protocolText } from '../../../engine/words/scores/measure.ts';
import { leadingState, standText, statesText } from '../../../engine/words/studies.ts';
import { secondsTrained } from '../../../engine/words/time-trained.ts';
import { hrefOf } from '../../app/router.ts';
import { useCatalogue } from '../../engine/use-catalogue.ts';
import { formatCount, formatDuration, formatNumber, plural } from '../../ui/format.ts';
import { fractionOf, ProgressBar, StateMark } from '../../ui/run-state.tsx';
import { ScoreValue } from '../../ui/score-value.tsx';
import { type ListedStudy, studyReference } from './list-entries.ts';
import { TwoLines } from './run-cells.tsx';
import type { ListedRun } from './run-filter.ts';
import classes from './run-table.module.css';

interface MembersProps {
  readonly members: readonly ListedRun[];
}

/** What leads, and in a second line the others: one line has no room for both. */
export function StudyStateCell({ members }: MembersProps) {
  const [first = '', ...others] = standText(members).split(', ');
  return (
    <span className={classes.states} title={statesText(members)}>
      <StateMark state={leadingState(members)} text={first} />
      {others.length > 0 && <span className={`${classes.below} ellipsis`}>{others.join(', ')}</span>}
    </span>
  );
}

export function StudyNameCell({ listed: { study, members } }: { readonly listed: ListedStudy }) {
  const data = [...new Set(members.map(({ datasetName }) => datasetName))].join(', ');
  return (
    <span className={classes.name}>
      {study.searches ? (
        <a
          className={`${classes.studyName} ellipsis`}
          href={hrefOf(['runs', studyReference(study)])}
          title="Open the sweep"
          tabIndex={-1}
        >
          {study.name}
        </a>
      ) : (
        <span className={`${classes.studyName} ellipsis`}>{study.name}</span>
      )}
      <span className={`${classes.below} ${classes.data} ellipsis`}>{data}</span>
    </span>
  );
}

export function StudyProgressCell({ members }: MembersProps) {
  // The bar agrees with the count beside it: a held trial has ended, though after few epochs.
  const shareOf = (run: ListedRun): number =>
    run.state === 'completed' || run.state === 'held' ? 1 : fractionOf(run);
  const fraction = members.reduce((sum, run) => sum + shareOf(run), 0) / members.length;
  const ended = members.filter(({ state }) => !ACTIVE_STATES.includes(state)).length;
  const done = `${formatCount(ended)} of ${plural(members.length, 'run')}`;
  const isQuiet = !members.some(({ state }) => state === 'running');
  return (
    <span className={classes.progress}>
      <span className={classes.progressText}>{done}</span>
      <ProgressBar fraction={fraction} quiet={isQuiet} label={done} />
    </span>
  );
}

export function StudyTimeCell({ members }: MembersProps) {
  const times = members.map(secondsTrained).filter((seconds) => seconds !== null);
  if (times.length === 0) return <span className="muted">–</span>;
  return (
    <span className="muted" title="time in training of all its runs">
      {formatDuration(times.reduce((sum, seconds) => sum + seconds, 0))}
    </span>
  );
}

/** The mean, and below it the deviation. */
export function SpreadCell({ spread }: { readonly spread: Spread | null }) {
  if (spread === null) return '–';
  return (
    <TwoLines
      title={`mean ± standard deviation of ${plural(spread.count, 'run')}`}
      above={formatNumber(spread.mean)}
      below={spread.deviation === null ? '' : `± ${formatNumber(spread.deviation, 2)}`}
    />
  );
}

export function StudyTestCell({ listed: { study, members } }: { readonly listed: ListedStudy }) {
  const catalogue = useCatalogue();
  const { test, note } = study.findings;
  const scored = members.find(({ testMetric }) => testMetric !== null);
  if (test === null || !scored) return <span title={note ?? undefined}>–</span>;
  const worse = members.filter(isWorseThanBaseline).length;
  const remark = `${worse} of ${plural(members.length, 'run')} worse than the best baseline`;
  return (
    <TwoLines
      title={[protocolText(scored, catalogue), worse > 0 ? remark : null, note].filter(Boolean).join('. ')}
      above={
        <>
          {worse > 0 && (
            <IconAlertTriangle className={classes.worse} size={13} role="img" aria-label={remark} />
          )}{' '}
          <ScoreValue metric={test.metric} value={test.mean} />
          {test.deviation !== null && (
            <>
              {' ± '}
              <ScoreValue metric={test.metric} value={test.deviation} digits={2} />
            </>
          )}
        </>
      }
      below={measureText(scored, catalogue)}
    />
  );
}
