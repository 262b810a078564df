// Cells of the run list that show more than a number.
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext } from 'react';
import { baselineRemark } from '../../../engine/words/scores/baseline-check.ts';
import { measureText, protocolText } from '../../../engine/words/scores/measure.ts';
import { secondsTrained } from '../../../engine/words/time-trained.ts';
import { Sparkline } from '../../charts/sparkline.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { sparklineQuery } from '../../engine/queries.ts';
import { useCatalogue } from '../../engine/use-catalogue.ts';
import { formatCount, formatDuration, formatNumber } from '../../ui/format.ts';
import { fractionOf, ProgressBar } from '../../ui/run-state.tsx';
import { ScoreValue } from '../../ui/score-value.tsx';
import type { ListedRun } from './run-filter.ts';
import classes from './run-table.module.css';

/** The list moves: what has to be asked for waits until it rests. */
export const Scrolling = createContext(false);

export function NameCell({ run }: { readonly run: ListedRun }) {
  return (
    <span className={classes.name}>
      <a href={`#/runs/${run.id}`} tabIndex={-1} className="ellipsis">
        {run.name}
      </a>
      <span className={classes.second}>
        <span className={`${classes.below} ${classes.data} ellipsis`}>{run.datasetName}</span>
        <Tags tags={run.tags} />
      </span>
    </span>
  );
}

const TAGS_SHOWN = 2;

/**
 * The first tags and how many more there are; the tooltip lists all of them. A narrow column shows one tag less, with a count of its
 * own: a tag is readable or it is counted.
 */
function Tags({ tags }: { readonly tags: readonly string[] }) {
  if (tags.length === 0) return null;
  const shown = tags.slice(0, TAGS_SHOWN);
  return (
    <span className={classes.tags} title={tags.join(', ')}>
      {shown.map((tag) => (
        <span key={tag} className={classes.tag}>
          {tag}
        </span>
      ))}
      <MoreTags count={tags.length - shown.length} className={classes.wide} />
      <MoreTags count={tags.length - 1} className={classes.narrow} />
    </span>
  );
}

interface MoreTagsProps {
  readonly count: number;
  readonly className: string | undefined;
}

const MoreTags = ({ count, className }: MoreTagsProps) =>
  count > 0 && <span className={`${classes.moreTags} ${className}`}>+{count}</span>;

export function TimeCell({ run }: { readonly run: ListedRun }) {
  if (run.secondsLeft !== null) {
    const whole = formatDuration(run.secondsLeft);
    // The largest unit alone fits the column: 18 min left.
    return <span title={`${whole} left`}>{whole.split(' ').slice(0, 2).join(' ')} left</span>;
  }
  return (
    <span className="muted" title="time in training">
      {formatDuration(secondsTrained(run))}
    </span>
  );
}

export function ProgressCell({ run }: { readonly run: ListedRun }) {
  const done = `epoch ${formatCount(run.epoch)}/${formatCount(run.totalEpochs)}`;
  const quiet = run.state !== 'running';
  return (
    <span className={classes.progress}>
      <span className={classes.progressText}>{done}</span>
      <ProgressBar fraction={run.state === 'completed' ? 1 : fractionOf(run)} quiet={quiet} label={done} />
    </span>
  );
}

/** The score, before it a mark where a baseline that needs no training is better, and below it what it measures. */
export function TestCell({ run }: { readonly run: ListedRun }) {
  const catalogue = useCatalogue();
  const remark = baselineRemark(run, formatNumber, catalogue);
  if (run.testMetric === null) return <ScoreValue metric={null} value={run.testScore} />;
  return (
    <TwoLines
      title={protocolText(run, catalogue)}
      above={
        <span title={remark ?? undefined}>
          {remark !== null && (
            <IconAlertTriangle className={classes.worse} size={13} role="img" aria-label={remark} />
          )}{' '}
          <ScoreValue metric={run.testMetric} value={run.testScore} />
        </span>
      }
      below={measureText(run, catalogue)}
    />
  );
}

interface TwoLinesProps {
  readonly title: string;
  readonly above: ReactNode;
  readonly below: string;
}

/** A number, and in small letters below it what it is. */
export function TwoLines({ title, above, below }: TwoLinesProps) {
  return (
    <span className={classes.twoLines} title={title}>
      <span>{above}</span>
      <span className={classes.below}>{below}</span>
    </span>
  );
}

export function SparkCell({ run }: { readonly run: ListedRun }) {
  const engine = useEngine();
  const scrolling = useContext(Scrolling);
  const { data: values } = useQuery({
    ...sparklineQuery(engine, run.id),
    enabled: run.epoch > 1 && !scrolling,
  });
  return values ? <Sparkline values={values} width={80} height={20} /> : null;
}
