// The workspace file: its path, its disk use, a check, a copy, and opening another one.
import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { fetchBackUp } from '../../../engine/connect/back-up.ts';
import type { DiskUse } from '../../../engine/contract/workspace/engine-info.ts';
import { useShell } from '../../app/shell-context.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { engineQuery } from '../../engine/queries.ts';
import { BusyButton } from '../../ui/busy-button.tsx';
import { formatBytes, formatInstant, plural } from '../../ui/format.ts';
import { attempt, notifyDone } from '../../ui/messages.tsx';
import { Facts, Panel } from '../../ui/page.tsx';
import { Backups } from './backups.tsx';
import { FileCheck } from './file-check.tsx';
import classes from './settings.module.css';

export function WorkspacePanel() {
  const engine = useEngine();
  const { data: info } = useQuery({ ...engineQuery(engine), staleTime: 5_000 });
  if (!info) return null;
  const { workspace } = info;
  return (
    <Panel title="Workspace">
      <Facts
        rows={[
          [
            'File',
            <span key="path" className="mono">
              {workspace.path}
            </span>,
          ],
          ...(info.readOnly ? [['Access', 'Read-only: changes are refused'] as const] : []),
          ['Made', formatInstant(workspace.createdAtMs)],
          ['Holds', `${plural(workspace.datasets, 'dataset')}, ${plural(workspace.runs, 'run')}`],
          ['Schema', String(workspace.schemaVersion)],
        ]}
      />
      <DiskBar use={workspace.diskUse} />
      <div className={classes.rows}>
        <div className={classes.fileActions}>
          <SaveCopy />
          <FileCheck readOnly={info.readOnly} />
        </div>
        <Backups />
        <Others />
      </div>
    </Panel>
  );
}

const PARTS: readonly (readonly [keyof DiskUse, string, string])[] = [
  ['datasetBytes', 'Data', '--hc-series-1'],
  ['metricBytes', 'Curves', '--hc-series-2'],
  ['checkpointBytes', 'Weights', '--hc-series-3'],
  ['freeBytes', 'Free pages', '--hc-series-10'],
];
/** The colour of the bar itself: what no part takes. */
const OTHER = '--hc-track';

function DiskBar({ use }: { readonly use: DiskUse }) {
  const total = Math.max(1, use.fileBytes);
  const other = Math.max(0, use.fileBytes - PARTS.reduce((sum, [key]) => sum + use[key], 0));
  return (
    <div className={classes.disk}>
      <div className={classes.diskBar} role="img" aria-label={`The file takes ${formatBytes(use.fileBytes)}`}>
        {PARTS.map(([key, label, color]) => (
          <span key={label} style={{ width: `${(use[key] / total) * 100}%`, background: `var(${color})` }} />
        ))}
      </div>
      <div className={classes.diskLegend}>
        <span>
          <b>{formatBytes(use.fileBytes)}</b> in all
        </span>
        {PARTS.map(([key, label, color]) => (
          <DiskPart key={label} label={label} color={color} bytes={use[key]} />
        ))}
        <DiskPart label="Indexes, events, log" color={OTHER} bytes={other} />
      </div>
    </div>
  );
}

interface DiskPartProps {
  readonly label: string;
  readonly color: string;
  readonly bytes: number;
}

function DiskPart({ label, color, bytes }: DiskPartProps) {
  return (
    <span>
      <span className={classes.swatch} style={{ background: `var(${color})` }} />
      {label} {formatBytes(bytes)}
    </span>
  );
}

function SaveCopy() {
  const engine = useEngine();
  const shell = useShell();
  const [isBusy, setBusy] = useState(false);
  const [fetched, setFetched] = useState<number | null>(null);
  async function copy(): Promise<void> {
    const { name, content } = await fetchBackUp(engine, async ({ name, bytes, pieces }) => {
      // A Blob of Blobs lies on the browser's disk where it is large.
      let content = new Blob();
      for await (const piece of pieces()) {
        content = new Blob([content, piece]);
        setFetched(content.size / bytes);
      }
      return { name, content };
    });
    const saved = await shell.saveFiles(name, [{ name, content }]);
    if (saved) notifyDone(`Saved: ${saved.destination}`);
  }
  async function start(): Promise<void> {
    setBusy(true);
    await attempt(copy);
    setBusy(false);
    setFetched(null);
  }
  return (
    <Group gap="xs">
      <BusyButton variant="default" isBusy={isBusy} onClick={start}>
        {fetched === null ? 'Save a copy' : `Save a copy: ${Math.floor(100 * fetched)} %`}
      </BusyButton>
    </Group>
  );
}

/** Where the shell can open other workspaces. */
function Others() {
  const { workspaces } = useShell();
  const { data: recent = [] } = useQuery({
    queryKey: ['workspaces'],
    queryFn: () => workspaces?.recent() ?? [],
    enabled: workspaces !== null,
  });
  if (!workspaces) {
    return (
      <p className={classes.backendText}>
        This page serves one workspace. Another one:{' '}
        <code className="mono">hindcast serve --workspace FILE</code>
      </p>
    );
  }
  return (
    <>
      <Group gap="xs">
        <Button variant="default" onClick={() => attempt(() => workspaces.open())}>
          Open another
        </Button>
        <Button variant="default" onClick={() => attempt(() => workspaces.create())}>
          New workspace
        </Button>
      </Group>
      {recent.length > 1 && (
        <ul className={classes.recent}>
          {recent.map((path) => (
            <li key={path}>
              <Button
                variant="subtle"
                size="compact-xs"
                onClick={() => attempt(() => workspaces.switchTo(path))}
              >
                {path}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
