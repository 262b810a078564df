// The columns of the run list: what each shows, how it sorts, how wide it is and from which width of the list on it is there.

import { useQuery } from '@tanstack/react-query';
import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table';
import { Sparkline } from '../../charts/sparkline.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { sparklineQuery } from '../../engine/queries.ts';
import { formatCount, formatDuration, formatMoment, formatNumber } from '../../ui/format.ts';
import { fractionOf, ProgressBar, StateBadge } from '../../ui/run-state.tsx';
import type { ListedRun } from './run-filter.ts';
import classes from './run-table.module.css';

export const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });
const helper = createColumnHelper<typeof features, ListedRun>();

export interface Place {
  /** CSS grid track. */
  readonly track: string;
  /** Pixels of the list from which on the column is shown. */
  readonly from: number;
  readonly numeric?: boolean;
}

export const PLACES: Readonly<Record<string, Place>> = {
  state: { track: '100px', from: 0 },
  name: { track: 'minmax(150px, 1fr)', from: 0 },
  datasetName: { track: 'minmax(80px, 130px)', from: 1000 },
  modelKind: { track: '60px', from: 1160 },
  progress: { track: '110px', from: 0 },
  secondsLeft: { track: '80px', from: 0, numeric: true },
  spark: { track: '84px', from: 808 },
  bestValidationLoss: { track: '80px', from: 0, numeric: true },
  lastValidationLoss: { track: '80px', from: 1090, numeric: true },
  testScore: { track: '80px', from: 0, numeric: true },
  seed: { track: '44px', from: 1214, numeric: true },
  createdAtMs: { track: '90px', from: 908, numeric: true },
};

/** Sorts what is not there, or no number, to the end in both directions. */
const known = (value: number | null): number | undefined =>
  value === null || !Number.isFinite(value) ? undefined : value;

const STATE_ORDER = [
  'running',
  'paused',
  'queued',
  'failed',
  'diverged',
  'interrupted',
  'stopped',
  'completed',
];

const byText = (a: { original: ListedRun }, b: { original: ListedRun }, id: string): number => {
  const key = id as 'name' | 'datasetName' | 'modelKind';
  return a.original[key].localeCompare(b.original[key], 'en', { numeric: true });
};

export const columns = helper.columns([
  helper.accessor((run) => STATE_ORDER.indexOf(run.state), {
    id: 'state',
    header: 'State',
    cell: ({ row }) => <StateBadge run={row.original} />,
  }),
  helper.accessor('name', {
    header: 'Name',
    sortFn: byText,
    cell: ({ row }) => <NameCell run={row.original} />,
  }),
  helper.accessor('datasetName', {
    header: 'Data',
    sortFn: byText,
    cell: ({ row }) => <span className="ellipsis">{row.original.datasetName}</span>,
  }),
  helper.accessor('modelKind', {
    header: 'Model',
    sortFn: byText,
    cell: ({ row }) => row.original.modelKind,
  }),
  helper.accessor((run) => fractionOf(run), {
    id: 'progress',
    header: 'Progress',
    cell: ({ row }) => <ProgressCell run={row.original} />,
  }),
  helper.accessor((run) => known(run.secondsLeft) ?? known(durationOf(run)), {
    id: 'secondsLeft',
    header: 'Time',
    sortUndefined: 'last',
    cell: ({ row }) => <TimeCell run={row.original} />,
  }),
  helper.display({ id: 'spark', header: 'Loss', cell: ({ row }) => <SparkCell run={row.original} /> }),
  helper.accessor((run) => known(run.bestValidationLoss), {
    id: 'bestValidationLoss',
    header: 'Best val.',
    sortUndefined: 'last',
    cell: ({ row }) => formatNumber(row.original.bestValidationLoss),
  }),
  helper.accessor((run) => known(run.lastValidationLoss), {
    id: 'lastValidationLoss',
    header: 'Last val.',
    sortUndefined: 'last',
    cell: ({ row }) => formatNumber(row.original.lastValidationLoss),
  }),
  helper.accessor((run) => known(run.testScore), {
    id: 'testScore',
    header: 'Test',
    sortUndefined: 'last',
    cell: ({ row }) => formatNumber(row.original.testScore),
  }),
  helper.accessor('seed', { header: 'Seed', cell: ({ row }) => row.original.seed }),
  helper.accessor('createdAtMs', {
    header: 'Created',
    cell: ({ row }) => formatMoment(row.original.createdAtMs, Date.now()),
  }),
]);

function NameCell({ run }: { readonly run: ListedRun }) {
  return (
    <span className={classes.name}>
      <a href={`#/runs/${run.id}`} tabIndex={-1} className="ellipsis">
        {run.name}
      </a>
      {run.tags.map((tag) => (
        <span key={tag} className={classes.tag}>
          {tag}
        </span>
      ))}
    </span>
  );
}

/** Seconds from start to end; null while there is no end. */
function durationOf({ startedAtMs, endedAtMs }: ListedRun): number | null {
  return startedAtMs !== null && endedAtMs !== null ? (endedAtMs - startedAtMs) / 1000 : null;
}

function TimeCell({ run }: { readonly run: ListedRun }) {
  if (run.secondsLeft !== null) return <>{formatDuration(run.secondsLeft)} left</>;
  return <span className="muted">{formatDuration(durationOf(run))}</span>;
}

function ProgressCell({ run }: { readonly run: ListedRun }) {
  const done = `epoch ${formatCount(run.epoch)}/${formatCount(run.totalEpochs)}`;
  const quiet = run.state !== 'running';
  return (
    <span className={classes.progress}>
      <span className={classes.progressText}>{done}</span>
      <ProgressBar fraction={run.state === 'completed' ? 1 : fractionOf(run)} quiet={quiet} label={done} />
    </span>
  );
}

function SparkCell({ run }: { readonly run: ListedRun }) {
  const engine = useEngine();
  const { data } = useQuery({ ...sparklineQuery(engine, run.id), enabled: run.epoch > 1 });
  const values = data?.validationLoss as Float64Array | undefined;
  return values ? <Sparkline values={values} width={80} height={20} /> : null;
}
