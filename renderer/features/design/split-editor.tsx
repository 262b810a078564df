// The split on a time line: the target over time with its three parts, and a slider for the two boundaries between them.
import { RangeSlider, SegmentedControl, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ChartFrame } from '../../../engine/contract/datasets/frames.ts';
import type { Split } from '../../../engine/contract/experiment/split.ts';
import type { PartInfo } from '../../../engine/contract/runs/run.ts';
import { windowsText } from '../../../engine/words/part-windows.ts';
import { LinePlot } from '../../charts/line-plot.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { datasetQuery, keys } from '../../engine/queries.ts';
import { formatCount, formatDataTime, formatKnown } from '../../ui/format.ts';
import { ErrorMessage } from '../../ui/messages.tsx';
import classes from './design.module.css';
import { useDraft, useField } from './draft-context.tsx';
import { ChoiceField, NumberField, TextField } from './fields.tsx';
import { PARTS } from './parts.ts';

/** No part smaller than this. */
const LEAST = 0.02;

type SplitKind = Split['kind'];

interface SplitScreen {
  /** A split of that kind with the current boundaries, if known. */
  begin(parts: readonly PartInfo[]): object;
  readonly Fields: () => ReactNode;
}

const KINDS: Readonly<Record<SplitKind, SplitScreen>> = {
  fraction: { begin: () => ({ kind: 'fraction', train: 0.7, validation: 0.15 }), Fields: Shares },
  date: { begin: byDate, Fields: Dates },
  count: { begin: byCount, Fields: Counts },
  samples: { begin: () => ({ kind: 'samples', by: 'stratified' }), Fields: SampleShares },
};

const isSplitKind = (kind: unknown): kind is SplitKind =>
  typeof kind === 'string' && Object.hasOwn(KINDS, kind);

export function SplitEditor() {
  const { check, dataset } = useDraft();
  const kind = useField('split.kind');
  const split = useField('split');
  const parts = check?.estimate?.parts ?? [];
  const shown = isSplitKind(kind.value) ? kind.value : 'fraction';
  const { Fields } = KINDS[shown];
  // Samples have no order in time.
  if (shown === 'samples') return <Fields />;
  // Texts that are cut have no dates, and no rows to count.
  if (shown === 'fraction' && dataset?.samples !== undefined && dataset.samples !== null) return <Fields />;
  return (
    <>
      <SegmentedControl
        aria-label="Split by"
        mb="sm"
        data={[
          { value: 'fraction', label: 'By share' },
          { value: 'date', label: 'By date' },
          { value: 'count', label: 'By count' },
        ]}
        value={shown}
        onChange={(next) => split.set(KINDS[next as SplitKind].begin(parts))}
      />
      <Fields />
      {split.error && <ErrorMessage error={new Error(split.error)} />}
    </>
  );
}

/** The same boundaries as dates. */
function byDate(parts: readonly PartInfo[]): object {
  const from = (name: PartInfo['part']) => {
    const us = parts.find(({ part }) => part === name)?.fromUs;
    return us == null ? '' : new Date(us / 1000).toISOString().slice(0, 10);
  };
  return { kind: 'date', validationFrom: from('validation'), testFrom: from('test') };
}

/** The same boundaries as numbers of rows; with several series those of one. */
function byCount(parts: readonly PartInfo[]): object {
  const rows = (name: PartInfo['part']) => Math.max(1, parts.find(({ part }) => part === name)?.rows ?? 1);
  return { kind: 'count', train: rows('train'), validation: rows('validation') };
}

/** The first target over time, or of windows their first column of numbers, and the parts that the split makes of it. */
export function SplitTimeline() {
  const engine = useEngine();
  const { dataset, check } = useDraft();
  const parts = check?.estimate?.parts ?? [];
  const { value: targets } = useField('task.targets');
  const { value: read } = useField('task.window.columns');
  const isNumber = (column: unknown) =>
    dataset?.columns.some(({ name, kind }) => name === column && kind === 'numeric') ?? false;
  const shown: unknown = Array.isArray(targets) ? targets[0] : Array.isArray(read) ? read.find(isNumber) : '';
  const target = String(shown ?? '');
  const series = useShownSeries();
  const known = isNumber(target);
  const request = {
    dataset: dataset?.id ?? 0,
    columns: [target],
    points: 700,
    ...(series.shown === null ? {} : { series: series.shown }),
  };
  const { data: frame, isLoading } = useQuery({
    queryKey: [...keys.datasets, 'chart', request],
    queryFn: async () => ChartFrame.fromAnswer(await engine.datasets.chart(request)),
    enabled: known && !series.isLoading,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const lines = frame
    ? [
        {
          id: target,
          label: target,
          color: '--hc-actual',
          width: 1.25,
          x: frame.columns.time,
          xEnd: frame.columns.end,
          y: frame.columns.mean[0]!,
          min: frame.columns.min[0],
          max: frame.columns.max[0],
        },
      ]
    : [];
  const bands = parts.flatMap(({ part, fromUs, toUs }) =>
    fromUs === null || toUs === null
      ? []
      : [{ at: fromUs, to: toUs, label: PARTS[part].label, color: PARTS[part].color }],
  );
  return (
    <>
      <LinePlot
        title={series.shown === null ? '' : `Series ${series.shown}`}
        controls={series.names.length > 1 && <SeriesSelect {...series} />}
        lines={lines}
        height={150}
        xKind="time"
        formatX={formatDataTime}
        formatY={formatKnown}
        markers={bands}
        empty={
          isLoading || series.isLoading ? 'Reading the data …' : 'Choose what to forecast to see it here'
        }
      />
      <Legend parts={parts} />
    </>
  );
}

interface ShownSeries {
  /** Those of the experiment; empty while they are not known. */
  readonly names: readonly string[];
  /** Null of a dataset that has only one, which needs no name. */
  readonly shown: string | null;
  readonly choose: (name: string) => void;
  readonly isLoading: boolean;
}

/** The series that the split is drawn over: one of several, the first until another is chosen. */
function useShownSeries(): ShownSeries {
  const engine = useEngine();
  const { dataset } = useDraft();
  const { value: wanted } = useField('task.series');
  const [chosen, choose] = useState<string | null>(null);
  const isOneOfSeveral = (dataset?.series ?? 0) > 1;
  const { data, isLoading } = useQuery({
    ...datasetQuery(engine, dataset?.name ?? '', dataset?.version ?? 1),
    enabled: isOneOfSeveral,
  });
  const all = data?.seriesInfo.map(({ name }) => name) ?? [];
  const names = Array.isArray(wanted) ? all.filter((name) => wanted.includes(name)) : all;
  const shown = names.find((name) => name === chosen) ?? names[0] ?? null;
  return isOneOfSeveral
    ? { names, shown, choose, isLoading }
    : { names: [], shown: null, choose, isLoading: false };
}

function SeriesSelect({ names, shown, choose }: ShownSeries) {
  return (
    <Select
      aria-label="Series shown"
      data={[...names]}
      value={shown}
      onChange={(name) => name !== null && choose(name)}
      allowDeselect={false}
      searchable
      size="xs"
      w={170}
    />
  );
}

function Shares() {
  const { value, set } = useField('split');
  const { dataset } = useDraft();
  const { train = 0.7, validation = 0.15 } = (value ?? {}) as { train?: number; validation?: number };
  const borders: [number, number] = [train, Math.min(1 - LEAST, train + validation)];
  function change([first, second]: [number, number]): void {
    const share = (from: number, to: number) => Number((to - from).toFixed(3));
    set({
      ...(value as object | undefined),
      kind: 'fraction',
      train: share(0, first),
      validation: share(first, second),
    });
  }
  return (
    <>
      <div className={classes.slider}>
        <RangeSlider
          min={0}
          max={1}
          step={0.01}
          minRange={LEAST}
          value={borders}
          onChange={([first, second]) => change([Math.max(LEAST, first), Math.min(1 - LEAST, second)])}
          label={(border) => `${Math.round(border * 100)} %`}
          thumbFromLabel="End of the training part"
          thumbToLabel="End of the validation part"
          size="xs"
        />
      </div>
      {dataset && dataset.series > 1 && (
        <div className={classes.fields}>
          <ChoiceField
            path="split.cut"
            help="At the same times none trains on another's future; each at its own share keeps short series whole."
            data={[
              { value: 'time', label: 'All at the same times' },
              { value: 'series', label: 'Each at its own share' },
            ]}
          />
        </div>
      )}
    </>
  );
}

function Dates() {
  return (
    <div className={classes.fields}>
      <TextField path="split.validationFrom" help="First day of the validation part." />
      <TextField path="split.testFrom" help="First day of the test part." />
      <TextField
        path="split.testUntil"
        help="The test ends before this day. Empty: with the data."
        optional
      />
    </div>
  );
}

function Counts() {
  return (
    <div className={classes.fields}>
      <NumberField
        path="split.train"
        unit="rows"
        help="Rows of each series to learn from, from its first on."
        min={1}
      />
      <NumberField path="split.validation" unit="rows" help="Rows after those." min={1} />
      <NumberField
        path="split.test"
        unit="rows"
        help="Rows after those; later ones are not used. Empty: all the rest."
        min={1}
        optional
      />
      <NumberField
        path="split.embargo"
        unit="rows"
        help="Rows before validation and before the test that are in no part, so that what is learned does not reach up to what is scored. Empty: none."
        min={0}
        optional
      />
      <NumberField
        path="split.skip"
        unit="rows"
        help="Rows at the beginning of each series that are left out. Empty: none."
        min={0}
        optional
      />
    </div>
  );
}

function Legend({ parts }: { readonly parts: readonly PartInfo[] }) {
  const task = useDraft().check?.experiment?.task;
  return (
    <div className={classes.legend} style={{ paddingTop: 10, paddingBottom: 0 }}>
      {parts.map(({ part, rows, fromUs, toUs, ...rest }) => (
        <span key={part}>
          <span className={classes.swatch} style={{ background: `var(${PARTS[part].color})` }} />
          <b>{PARTS[part].label}</b> {formatCount(rows)} rows, {windowsText({ part, ...rest }, task)} windows
          {fromUs !== null && toUs !== null && `, ${formatDataTime(fromUs)} – ${formatDataTime(toUs)}`}
        </span>
      ))}
    </div>
  );
}

function SampleShares() {
  const { dataset } = useDraft();
  const by = useField('split.by');
  const folds = useField('split.folds');
  const info = dataset?.samples;
  const isGiven = info?.parts.some(({ part }) => part !== 'train') ?? false;
  return (
    <div className={classes.fields}>
      <ChoiceField
        path="split.by"
        help="Equal samples always lie in one part."
        data={[
          { value: 'stratified', label: 'Chance, each class alike' },
          ...(info?.group ? [{ value: 'group', label: `Whole groups: ${info.group}` }] : []),
          ...(isGiven ? [{ value: 'given', label: 'As the data say' }] : []),
        ]}
      />
      <NumberField path="split.train" help="Share of the samples that train." step={0.05} min={0} />
      <NumberField
        path="split.validation"
        help="Share that it is stopped and chosen by."
        step={0.05}
        min={0}
      />
      <NumberField path="split.seed" help="Another number gives other parts." min={0} />
      {by.value === 'group' && (
        <ChoiceField
          path="split.validationBy"
          help="By chance, every group that is not tested trains; validation then looks better than the test."
          data={[
            { value: 'group', label: 'Whole groups' },
            { value: 'chance', label: 'Chance, from all groups that train' },
          ]}
        />
      )}
      <NumberField
        path="split.folds"
        help="Deals the samples into equal folds, of which one is tested: a run a fold says how much the score depends on the parts."
        min={2}
        optional
      />
      {folds.value != null && (
        <NumberField path="split.fold" help="The fold that is tested, from 1." min={1} optional />
      )}
    </div>
  );
}
