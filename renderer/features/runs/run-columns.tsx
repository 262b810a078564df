// The columns of the run list: order, contents, width, and the list width from which each is shown.
import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table';
import type { ReactNode } from 'react';
import { formatMoment, formatNumber } from '../../ui/format.ts';
import { fractionOf, StateBadge } from '../../ui/run-state.tsx';
import { durationOf, NameCell, ProgressCell, SparkCell, TestCell, TimeCell } from './run-cells.tsx';
import type { ListedRun } from './run-filter.ts';

export interface Column {
  readonly id: string;
  readonly title: string;
  /** CSS grid track. */
  readonly track: string;
  /** Pixels of the list from which on the column is shown. */
  readonly from: number;
  readonly numeric?: boolean;
  readonly cell: (run: ListedRun) => ReactNode;
}

export const COLUMNS: readonly Column[] = [
  { id: 'id', title: 'Run', track: '44px', from: 570, numeric: true, cell: (run) => run.id },
  { id: 'state', title: 'State', track: '100px', from: 0, cell: (run) => <StateBadge run={run} /> },
  { id: 'name', title: 'Name', track: 'minmax(150px, 1fr)', from: 0, cell: (run) => <NameCell run={run} /> },
  {
    id: 'datasetName',
    title: 'Data',
    track: 'minmax(80px, 130px)',
    from: 1066,
    cell: (run) => <span className="ellipsis">{run.datasetName}</span>,
  },
  { id: 'modelKind', title: 'Model', track: 'minmax(60px, 110px)', from: 1226, cell: (run) => run.modelKind },
  { id: 'progress', title: 'Progress', track: '110px', from: 690, cell: (run) => <ProgressCell run={run} /> },
  {
    id: 'secondsLeft',
    title: 'Time',
    track: '80px',
    from: 780,
    numeric: true,
    cell: (run) => <TimeCell run={run} />,
  },
  { id: 'spark', title: 'Loss', track: '84px', from: 874, cell: (run) => <SparkCell run={run} /> },
  {
    id: 'bestValidationLoss',
    title: 'Best val.',
    track: '80px',
    from: 0,
    numeric: true,
    cell: (run) => formatNumber(run.bestValidationLoss),
  },
  {
    id: 'lastValidationLoss',
    title: 'Last val.',
    track: '80px',
    from: 1156,
    numeric: true,
    cell: (run) => formatNumber(run.lastValidationLoss),
  },
  {
    id: 'testScore',
    title: 'Test',
    // The mark before the longest number, 0.0001234, fits too.
    track: '92px',
    from: 0,
    numeric: true,
    cell: (run) => <TestCell run={run} />,
  },
  { id: 'seed', title: 'Seed', track: '44px', from: 1280, numeric: true, cell: (run) => run.seed },
  {
    id: 'createdAtMs',
    title: 'Created',
    track: '90px',
    from: 974,
    numeric: true,
    cell: (run) => formatMoment(run.createdAtMs, Date.now()),
  },
];

export const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });
const helper = createColumnHelper<typeof features, ListedRun>();

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

const names = new Intl.Collator('en', { numeric: true });
type TextKey = 'name' | 'datasetName' | 'modelKind';
const byText = (a: { original: ListedRun }, b: { original: ListedRun }, id: string): number =>
  names.compare(a.original[id as TextKey], b.original[id as TextKey]);

const last = { sortUndefined: 'last' as const };

/** What the columns sort by; one that is not here does not sort. */
export const sortColumns = helper.columns([
  helper.accessor('id', {}),
  helper.accessor((run) => STATE_ORDER.indexOf(run.state), { id: 'state' }),
  helper.accessor('name', { sortFn: byText }),
  helper.accessor('datasetName', { sortFn: byText }),
  helper.accessor('modelKind', { sortFn: byText }),
  helper.accessor((run) => fractionOf(run), { id: 'progress' }),
  helper.accessor((run) => known(run.secondsLeft) ?? known(durationOf(run)), { id: 'secondsLeft', ...last }),
  helper.accessor((run) => known(run.bestValidationLoss), { id: 'bestValidationLoss', ...last }),
  helper.accessor((run) => known(run.lastValidationLoss), { id: 'lastValidationLoss', ...last }),
  helper.accessor((run) => known(run.testScore), { id: 'testScore', ...last }),
  helper.accessor('seed', {}),
  helper.accessor('createdAtMs', {}),
]);

export const SORTABLE: ReadonlySet<string> = new Set(
  COLUMNS.map(({ id }) => id).filter((id) => id !== 'spark'),
);
