// One dataset: its series over time, statistics of its columns, and where it came from.

import { Button, Menu, Select } from '@mantine/core';
import {
  IconAdjustments,
  IconChartLine,
  IconEdit,
  IconFileImport,
  IconMicrophone,
  IconRefresh,
  IconReport,
  IconTrash,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DatasetDetail, ImportSource } from '../../../engine/contract/datasets/dataset.ts';
import { HindcastError } from '../../../engine/contract/values/errors.ts';
import { sourceName } from '../../../engine/contract/values/source-name.ts';
import { notesBeside } from '../../../engine/words/findings.ts';
import { optionsOfDataset, shownRecipe, sourceOfRecipe } from '../../../engine/words/recipe.ts';
import { hrefOf, navigate } from '../../app/router.ts';
import { useShell } from '../../app/shell-context.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { keys } from '../../engine/queries.ts';
import { askText, confirm } from '../../ui/dialogs.tsx';
import { fileName, formatBytes, formatCount, plural } from '../../ui/format.ts';
import { attempt, ErrorMessage, Note, notifyDone, notifyLasting } from '../../ui/messages.tsx';
import { MoreActions } from '../../ui/more-actions.tsx';
import { Facts, Page, Panel, Scroll } from '../../ui/page.tsx';
import { ColumnCards } from './column-cards.tsx';
import classes from './data.module.css';
import { ExplorePanel } from './explore/explore-panel.tsx';
import { FindingsList } from './findings-list.tsx';
import { SetAsideTable } from './import-findings.tsx';
import { openImport, openRecorder, TABLES } from './import-state.ts';
import { periodOf } from './period.ts';
import { baseOf } from './recorder/base-of.ts';
import { beginRecordings } from './recorder/recorded.ts';
import { refreshDataset } from './refresh-dataset.ts';
import { RowsPanel } from './rows-panel.tsx';
import { SampleTable } from './samples/sample-table.tsx';
import { SamplesPanels, samplesFacts } from './samples-panels.tsx';
import { SeriesChart } from './series-chart.tsx';

export function DatasetPage({ reference }: { readonly reference: string }) {
  const engine = useEngine();
  const shell = useShell();
  const dataset = /^\d+$/.test(reference) ? Number(reference) : reference;
  const { data, error } = useQuery({
    queryKey: [...keys.datasets, dataset],
    queryFn: () => engine.datasets.get({ dataset }),
  });
  const [series, setSeries] = useState<string | null>(null);
  const [timeZone, setTimeZone] = useState('UTC');
  if (error) {
    return (
      <Page title="Dataset">
        <ErrorMessage error={error} />
      </Page>
    );
  }
  if (!data) return null;
  const saveSetAside = () =>
    attempt(async () => {
      const content = await engine.datasets.setAside({ dataset: data.id, version: data.version });
      const name = `${fileName(data.name)}-set-aside.csv`;
      const saved = await shell.saveFiles(name, [{ name, content }]);
      if (saved) notifyDone(`Saved: ${saved.destination}`);
    });
  const chosen = data.seriesInfo.find(({ name }) => name === series) ?? data.seriesInfo[0];
  return (
    <Page
      title={data.name}
      subtitle={subtitleOf(data)}
      actions={<DatasetButtons dataset={data} series={chosen?.name} />}
    >
      <Scroll label="Dataset">
        <div className={classes.detail}>
          {data.series > 1 && (
            <div className={classes.toolbar}>
              <Select
                label="Series"
                data={data.seriesInfo.map(({ name }) => name)}
                value={chosen?.name ?? null}
                onChange={setSeries}
                allowDeselect={false}
                searchable
                w={220}
              />
            </div>
          )}
          {data.samples && <SampleTable key={data.version} dataset={data} info={data.samples} />}
          {data.samples && <SamplesPanels info={data.samples} rows={data.rows} />}
          {chosen && (
            <SeriesChart
              key={chosen.name}
              dataset={data}
              series={chosen}
              timeZone={timeZone}
              onTimeZone={setTimeZone}
            />
          )}
          {chosen && <ColumnCards dataset={data} series={chosen} />}
          {chosen && (
            <ExplorePanel key={`explore ${chosen.name}`} dataset={data} series={chosen} timeZone={timeZone} />
          )}
          {chosen && (
            <RowsPanel key={`rows ${chosen.name}`} dataset={data} series={chosen} timeZone={timeZone} />
          )}
          {notesBeside(data.report).map((note) => (
            <Note key={note}>{note}</Note>
          ))}
          {(data.report.findings ?? []).length > 0 && (
            <Panel title="Findings">
              <FindingsList findings={data.report.findings ?? []} />
            </Panel>
          )}
          <Panel title="Where it came from">
            <Facts rows={recipeFacts(data)} />
            <details style={{ paddingTop: 10 }}>
              <summary>Recipe</summary>
              <pre
                className="mono"
                style={{ overflow: 'auto', maxHeight: 320, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
              >
                {JSON.stringify(shownRecipe(data.recipe), null, 2)}
              </pre>
            </details>
            <div style={{ paddingTop: 10 }}>
              <SetAsideTable report={data.report} onSave={saveSetAside} />
            </div>
          </Panel>
        </div>
      </Scroll>
    </Page>
  );
}

function subtitleOf(data: DatasetDetail): string {
  return [
    plural(data.rows, data.samples ? 'sample' : 'row'),
    data.samples && data.samples.label !== null
      ? plural(data.samples.classes.length, 'class', 'classes')
      : '',
    data.series > 1 ? plural(data.series, 'series', 'series') : '',
    data.samples ? '' : periodOf(data),
  ]
    .filter(Boolean)
    .join(' · ');
}

function recipeFacts({ recipe, report, version, versions, bytes, contentHash, samples }: DatasetDetail) {
  return [
    ['File', recipe.source.sample ?? sourceName(recipe.source.path)],
    ['File size', formatBytes(recipe.source.bytes)],
    ['Rows read', formatCount(report.rowsRead)],
    ...(samples ? samplesFacts(samples) : timeFacts(recipe)),
    ...(recipe.missing ? [['Missing values', recipe.missing.join(', ')] as const] : []),
    ['Version', `${version} of ${versions}`],
    ['On disk', formatBytes(bytes)],
    [
      'Content',
      <code key="hash" className="mono">
        {contentHash.slice(0, 16)}
      </code>,
    ],
  ] as const;
}

const timeFacts = ({
  timeColumn,
  timeFormat,
  timeZone,
  seriesColumn,
  layout,
}: DatasetDetail['recipe']): readonly (readonly [string, string])[] => [
  ['Time column', `${timeColumn} (${timeFormat}, ${timeZone})`],
  ['Layout', seriesColumn ? `long, series in ${seriesColumn}` : layout],
];

interface DatasetButtonsProps {
  readonly dataset: DatasetDetail;
  /** The one that is shown. */
  readonly series: string | undefined;
}

function DatasetButtons({ dataset, series }: DatasetButtonsProps) {
  const engine = useEngine();
  const shell = useShell();
  const icon = { size: 15, 'aria-hidden': true } as const;
  async function rename(): Promise<void> {
    const name = await askText({
      title: `Rename ${dataset.name}`,
      action: 'Rename',
      text: { label: 'Name', initial: dataset.name },
    });
    if (name && name !== dataset.name)
      await attempt(() => engine.datasets.rename({ dataset: dataset.id, name }));
  }
  const refresh = (source?: ImportSource) =>
    attempt(async () => notifyLasting(await refreshDataset(engine, dataset, source)));
  const askForFile = (title: string) => shell.pickFile({ title, filters: TABLES });
  const refreshFromAnother = () =>
    attempt(async () => {
      const file = await askForFile(`Another file of ${dataset.name}`);
      if (!file) return;
      try {
        notifyLasting(await refreshDataset(engine, dataset, { kind: 'file', path: file.path }));
      } finally {
        file.release();
      }
    });
  const base = baseOf(dataset);
  const saveProfile = () =>
    attempt(async () => {
      const content = await engine.datasets.profile({
        dataset: dataset.id,
        version: dataset.version,
        ...(series ? { series } : {}),
      });
      const name = `${fileName(dataset.name)}.html`;
      const saved = await shell.saveFiles(name, [{ name, content }]);
      if (saved) notifyDone(`Saved: ${saved.destination}`);
    });
  const isAtHand = shell.readsAgain || dataset.recipe.source.sample !== null;
  const editRecipe = () =>
    attempt(async () => {
      const { name, recipe } = dataset;
      const again = { name, source: sourceOfRecipe(recipe), options: optionsOfDataset(dataset) };
      const file = isAtHand ? undefined : await askForFile(`The file of ${name}`);
      if (file !== null) openImport({ kind: 'again', ...again, ...(file && { file }) });
    });
  return (
    <>
      <Button
        component="a"
        href={hrefOf(['design'], { dataset: dataset.name })}
        leftSection={<IconChartLine {...icon} />}
      >
        Design an experiment
      </Button>
      <MoreActions>
        {base && (
          <Menu.Item
            leftSection={<IconMicrophone {...icon} />}
            onClick={() => {
              beginRecordings(
                base,
                (dataset.samples?.classes ?? []).map(({ name }) => name),
              );
              openRecorder();
            }}
          >
            Record more samples
          </Menu.Item>
        )}
        {!dataset.samples && (
          <Menu.Item leftSection={<IconReport {...icon} />} onClick={saveProfile}>
            Save a profile (HTML)
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconRefresh {...icon} />}
          onClick={isAtHand ? () => refresh() : refreshFromAnother}
        >
          Refresh from file
        </Menu.Item>
        {isAtHand && (
          <Menu.Item leftSection={<IconFileImport {...icon} />} onClick={refreshFromAnother}>
            Refresh from another file
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconAdjustments {...icon} />} onClick={editRecipe}>
          Edit the recipe
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconEdit {...icon} />} onClick={rename}>
          Rename
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconTrash {...icon} />}
          onClick={() => attempt(() => removeDataset(engine, dataset))}
        >
          Delete
        </Menu.Item>
      </MoreActions>
    </>
  );
}

/** Runs that use it are named and go with it only when that is said. */
async function removeDataset(engine: ReturnType<typeof useEngine>, dataset: DatasetDetail): Promise<void> {
  const sure = await confirm({
    title: `Delete ${dataset.name}?`,
    body: 'Its values go from the workspace; the file it was imported from stays. This cannot be undone.',
    action: 'Delete dataset',
    danger: true,
  });
  if (!sure) return;
  try {
    await engine.datasets.delete({ dataset: dataset.id });
  } catch (cause) {
    const error = HindcastError.wrap(cause, 'The dataset could not be deleted');
    const { runs } = error.details ?? {};
    if (error.code !== 'conflict' || !Array.isArray(runs)) throw error;
    const withRuns = await confirm({
      title: `Delete ${dataset.name} and ${plural(runs.length, 'run')}?`,
      body: error.message,
      action: `Delete with ${plural(runs.length, 'run')}`,
      danger: true,
    });
    if (!withRuns) return;
    await engine.datasets.delete({ dataset: dataset.id, withRuns: true });
  }
  navigate(hrefOf(['data']));
}
