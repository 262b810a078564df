// The columns of the run list: order, contents for a run and for a study, width, and the list width from which each is shown.
import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table';
import type { ReactNode } from 'react';
import type { Catalogue } from '../../../engine/contract/runs/catalogue.ts';
import type { RunState } from '../../../engine/contract/runs/run.ts';
import { costOf, metricInfo } from '../../../engine/words/scores/metric-info.ts';
import { leadingState, seedsText, spreadOf } from '../../../engine/words/studies.ts';
import { secondsTrained } from '../../../engine/words/time-trained.ts';
import { formatMoment, formatNumber } from '../../ui/format.ts';
import { fractionOf, StateBadge } from '../../ui/run-state.tsx';
import { type Entry, type ListedStudy, runsOf, studyReference } from './list-entries.ts';
import { NameCell, ProgressCell, SparkCell, TestCell, TimeCell } from './run-cells.tsx';
import type { ListedRun } from './run-filter.ts';
import {
  SpreadCell,
  StudyNameCell,
  StudyProgressCell,
  StudyStateCell,
  StudyTestCell,
  StudyTimeCell,
} from './study-cells.tsx';

export interface Column {
  readonly id: string;
  readonly title: string;
  /** CSS grid track. */
  readonly track: string;
  /** Pixels of the list from which on the column is shown. */
  readonly from: number;
  readonly numeric?: boolean;
  /** The first press on the head puts the smallest number on top: of errors that is the best. */
  readonly smallFirst?: boolean;
  readonly cell: (run: ListedRun) => ReactNode;
  readonly study: (listed: ListedStudy) => ReactNode;
}

export const COLUMNS: readonly Column[] = [
  {
    id: 'id',
    title: 'Run',
    track: '44px',
    from: 640,
    numeric: true,
    cell: (run) => run.id,
    study: ({ study }) => studyReference(study),
  },
  {
    id: 'state',
    title: 'State',
    track: '104px',
    from: 0,
    cell: (run) => <StateBadge run={run} />,
    study: ({ members }) => <StudyStateCell members={members} />,
  },
  {
    id: 'name',
    title: 'Name',
    track: 'minmax(150px, 1fr)',
    from: 0,
    cell: (run) => <NameCell run={run} />,
    study: (listed) => <StudyNameCell listed={listed} />,
  },
  {
    id: 'datasetName',
    title: 'Data',
    track: 'minmax(80px, 130px)',
    // Below it the name has it in a second line: run-table.module.css.
    from: 1136,
    cell: (run) => <span className="ellipsis">{run.datasetName}</span>,
    study: ({ members }) => <span className="ellipsis">{distinct(members, 'datasetName')}</span>,
  },
  {
    id: 'modelKind',
    title: 'Model',
    track: 'minmax(60px, 110px)',
    from: 1296,
    cell: (run) => run.modelKind,
    study: ({ members }) => distinct(members, 'modelKind'),
  },
  {
    id: 'progress',
    title: 'Progress',
    track: '96px',
    from: 760,
    cell: (run) => <ProgressCell run={run} />,
    study: ({ members }) => <StudyProgressCell members={members} />,
  },
  {
    id: 'secondsLeft',
    title: 'Duration',
    track: '84px',
    from: 850,
    numeric: true,
    cell: (run) => <TimeCell run={run} />,
    study: ({ members }) => <StudyTimeCell members={members} />,
  },
  {
    id: 'spark',
    title: 'Loss',
    track: '84px',
    from: 944,
    cell: (run) => <SparkCell run={run} />,
    study: () => null,
  },
  {
    id: 'bestValidationLoss',
    title: 'Best val.',
    track: '76px',
    from: 600,
    numeric: true,
    smallFirst: true,
    cell: (run) => formatNumber(run.bestValidationLoss),
    study: ({ study }) => <SpreadCell spread={study.findings.validation} />,
  },
  {
    id: 'lastValidationLoss',
    title: 'Last val.',
    track: '76px',
    from: 1226,
    numeric: true,
    smallFirst: true,
    cell: (run) => formatNumber(run.lastValidationLoss),
    study: (listed) => <SpreadCell spread={lastLosses(listed)} />,
  },
  {
    id: 'testScore',
    title: 'Test',
    track: '136px',
    from: 0,
    numeric: true,
    smallFirst: true,
    cell: (run) => <TestCell run={run} />,
    study: (listed) => <StudyTestCell listed={listed} />,
  },
  {
    id: 'seed',
    title: 'Seed',
    track: '44px',
    from: 1350,
    numeric: true,
    cell: (run) => run.seed,
    study: ({ members }) => seedsText(members.map(({ seed }) => seed)),
  },
  {
    id: 'createdAtMs',
    title: 'Created',
    track: '90px',
    from: 1044,
    numeric: true,
    cell: (run) => formatMoment(run.createdAtMs, Date.now()),
    study: ({ members }) => formatMoment(newest(members), Date.now()),
  },
];

const distinct = (runs: readonly ListedRun[], key: 'datasetName' | 'modelKind'): string =>
  [...new Set(runs.map((run) => run[key]))].join(', ');

const lastLosses = ({ study, members }: ListedStudy) =>
  study.hasOneConfiguration ? spreadOf(members.map((run) => run.lastValidationLoss)) : null;

const newest = (runs: readonly ListedRun[]): number =>
  Math.max(...runs.map(({ createdAtMs }) => createdAtMs));

export const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });
const helper = createColumnHelper<typeof features, Entry>();

/** Sorts what is not there, or no number, to the end in both directions. */
const known = (value: number | null | undefined): number | undefined =>
  value === null || value === undefined || !Number.isFinite(value) ? undefined : value;

const STATE_ORDER: readonly RunState[] = [
  'running',
  'paused',
  'queued',
  'damaged',
  'failed',
  'diverged',
  'interrupted',
  'stopped',
  'held',
  'completed',
];

const names = new Intl.Collator('en', { numeric: true });

const mean = (values: readonly (number | null)[]): number | undefined => known(spreadOf(values)?.mean);

/** Of a study what its row shows. */
const bestLossOf = ({ run, study }: Entry): number | undefined =>
  known(run ? run.bestValidationLoss : study.study.findings.validation?.mean);

const lastLossOf = ({ run, study }: Entry): number | undefined =>
  known(run ? run.lastValidationLoss : lastLosses(study)?.mean);

/** Less is better, whatever the metric. */
function errorOf(entry: Entry, catalogue: Catalogue): number | undefined {
  const { test } = entry.study?.study.findings ?? { test: null };
  const metric = entry.study ? test?.metric : entry.run.testMetric;
  const value = known(entry.study ? test?.mean : entry.run.testScore);
  if (value === undefined) return undefined;
  return costOf(metricInfo(catalogue, metric ?? ''), value);
}

function secondsOf(entry: Entry): number | undefined {
  if (entry.run) return known(entry.run.secondsLeft) ?? known(secondsTrained(entry.run));
  return known(entry.study.members.reduce((sum, run) => sum + (secondsTrained(run) ?? 0), 0));
}

const textOf =
  (key: 'datasetName' | 'modelKind') =>
  (entry: Entry): string =>
    distinct(runsOf(entry), key);
const byText = {
  sortFn: (a: { getValue(id: string): unknown }, b: typeof a, id: string): number =>
    names.compare(String(a.getValue(id)), String(b.getValue(id))),
};

const last = { sortUndefined: 'last' as const };

/** What the columns sort by; one that is not here does not sort. A study is where its newest run would be. */
export const sortColumnsOf = (catalogue: Catalogue) =>
  helper.columns([
    helper.accessor((entry) => Math.max(...runsOf(entry).map(({ id }) => id)), { id: 'id' }),
    helper.accessor((entry) => STATE_ORDER.indexOf(leadingState(runsOf(entry))), { id: 'state' }),
    helper.accessor((entry) => entry.run?.name ?? entry.study?.study.name ?? '', { id: 'name', ...byText }),
    helper.accessor(textOf('datasetName'), { id: 'datasetName', ...byText }),
    helper.accessor(textOf('modelKind'), { id: 'modelKind', ...byText }),
    helper.accessor((entry) => mean(runsOf(entry).map(fractionOf)), { id: 'progress' }),
    helper.accessor(secondsOf, { id: 'secondsLeft', ...last }),
    helper.accessor(bestLossOf, { id: 'bestValidationLoss', ...last }),
    helper.accessor(lastLossOf, { id: 'lastValidationLoss', ...last }),
    helper.accessor((entry) => errorOf(entry, catalogue), { id: 'testScore', ...last }),
    helper.accessor((entry) => Math.min(...runsOf(entry).map(({ seed }) => seed)), { id: 'seed' }),
    helper.accessor((entry) => newest(runsOf(entry)), { id: 'createdAtMs' }),
  ]);

export const SORTABLE: ReadonlySet<string> = new Set(
  COLUMNS.map(({ id }) => id).filter((id) => id !== 'spark'),
);
