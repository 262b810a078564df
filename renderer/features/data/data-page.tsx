// The datasets of the workspace, with links to their pages.
import { Button } from '@mantine/core';
import { IconFileImport, IconTable } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { DatasetSummary } from '../../../engine/contract/datasets/dataset.ts';
import { useKeymap } from '../../app/hotkeys.ts';
import { hrefOf, navigate } from '../../app/router.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { datasetsQuery } from '../../engine/queries.ts';
import { formatBytes, formatCount, formatMoment, plural } from '../../ui/format.ts';
import { EmptyState, Page, Scroll } from '../../ui/page.tsx';
import classes from './data.module.css';
import { DatasetPage } from './dataset-page.tsx';
import { openImport } from './import-state.ts';
import { periodOf } from './period.ts';

export function DataPage({ id }: { readonly id: string }) {
  return id === '' ? <DatasetList /> : <DatasetPage key={id} reference={id} />;
}

function DatasetList() {
  const engine = useEngine();
  const { data: datasets } = useQuery(datasetsQuery(engine));
  return (
    <Page
      title="Data"
      subtitle={datasets && datasets.length > 0 && plural(datasets.length, 'dataset')}
      actions={
        <Button leftSection={<IconFileImport size={15} aria-hidden />} onClick={() => openImport()}>
          Import
        </Button>
      }
    >
      <Scroll label="Datasets">
        {datasets?.length === 0 && (
          <EmptyState
            icon={<IconTable size={36} stroke={1.2} aria-hidden />}
            title="No data yet"
            actions={<Button onClick={() => openImport()}>Import a file</Button>}
          >
            Drop a file or a folder on this window, or take one of the samples: a table with times, texts,
            pairs, recordings, pictures or videos.
          </EmptyState>
        )}
        {datasets && datasets.length > 0 && (
          <div className={classes.listBody}>
            <DatasetTable datasets={datasets} />
          </div>
        )}
      </Scroll>
    </Page>
  );
}

function DatasetTable({ datasets }: { readonly datasets: readonly DatasetSummary[] }) {
  const [cursor, setCursor] = useState(0);
  const rows = useRef<HTMLTableSectionElement>(null);
  /** The link of the row takes the focus, so that Enter opens it. */
  function moveTo(index: number): void {
    const next = Math.max(0, Math.min(datasets.length - 1, index));
    setCursor(next);
    rows.current?.rows[next]?.querySelector('a')?.focus();
  }
  const step = (by: number) => () => moveTo(hasFocus(rows.current) ? cursor + by : cursor);
  useKeymap({
    j: step(1),
    k: step(-1),
    arrowdown: step(1),
    arrowup: step(-1),
    home: () => moveTo(0),
    end: () => moveTo(datasets.length - 1),
  });
  return (
    <div className={classes.list}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Time</th>
            <th scope="col">Every</th>
            <th scope="col" className="num">
              Rows
            </th>
            <th scope="col" className={`num ${classes.roomy}`}>
              Series
            </th>
            <th scope="col" className={`num ${classes.roomy}`}>
              Columns
            </th>
            <th scope="col" className={`num ${classes.roomy}`}>
              Set aside
            </th>
            <th scope="col" className={`num ${classes.roomy}`}>
              Size
            </th>
            <th scope="col" className="num">
              Version
            </th>
            <th scope="col" className={`num ${classes.roomy}`}>
              Imported
            </th>
          </tr>
        </thead>
        <tbody ref={rows}>
          {datasets.map((dataset, index) => (
            <tr
              key={dataset.id}
              onClick={() => navigate(hrefOf(['data', dataset.id]))}
              onFocus={() => setCursor(index)}
            >
              <td>
                <a href={hrefOf(['data', dataset.id])}>{dataset.name}</a>
              </td>
              {dataset.state === 'damaged' ? <DamagedCells /> : <ValueCells dataset={dataset} />}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const hasFocus = (element: HTMLElement | null): boolean => element?.contains(document.activeElement) ?? false;

function ValueCells({ dataset }: { readonly dataset: DatasetSummary }) {
  return (
    <>
      <td className="num" style={{ textAlign: 'left' }}>
        {periodOf(dataset)}
      </td>
      <td className={classes.every ?? ''}>{dataset.frequency ?? '–'}</td>
      <td className="num">{formatCount(dataset.rows)}</td>
      <td className={`num ${classes.roomy}`}>{dataset.series === 0 ? '–' : formatCount(dataset.series)}</td>
      <td className={`num ${classes.roomy}`}>{formatCount(dataset.columns.length)}</td>
      <td className={`num ${classes.roomy}`}>{formatCount(dataset.setAside)}</td>
      <td className={`num ${classes.roomy}`}>{formatBytes(dataset.bytes)}</td>
      <td className="num">{dataset.version}</td>
      <td className={`num ${classes.roomy}`}>{formatMoment(dataset.createdAtMs, Date.now())}</td>
    </>
  );
}

const DamagedCells = () => (
  <td colSpan={9}>
    damaged: its rows were changed, and no values are shown. Settings checks and repairs the workspace.
  </td>
);
