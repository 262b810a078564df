// Backups of the workspace: automatic or not, the list, and restoring one.
import { Button, Switch } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Backup } from '../../../engine/contract/workspace/engine-info.ts';
import { useShell } from '../../app/shell-context.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { confirm } from '../../ui/dialogs.tsx';
import { formatBytes, formatInstant } from '../../ui/format.ts';
import { attempt, notifyDone } from '../../ui/messages.tsx';
import classes from './settings.module.css';

export function Backups() {
  const engine = useEngine();
  const queries = useQueryClient();
  const { data: settings } = useQuery({ queryKey: ['settings'], queryFn: () => engine.workspace.settings() });
  const { data: backups = [] } = useQuery({
    queryKey: ['backups'],
    queryFn: () => engine.workspace.backups(),
  });
  const setAutomatic = (automaticBackups: boolean) =>
    attempt(async () => queries.setQueryData(['settings'], await engine.workspace.set({ automaticBackups })));
  return (
    <div className={classes.rows}>
      {settings && (
        <Switch
          label="Automatic backups"
          description="A copy each day beside the workspace, the newest seven are kept; up to 1 GB."
          checked={settings.automaticBackups}
          onChange={(event) => setAutomatic(event.currentTarget.checked)}
        />
      )}
      {backups.length > 0 && (
        <ul className={classes.recent} aria-label="Backups">
          {backups.map((backup) => (
            <BackupRow key={backup.path} backup={backup} />
          ))}
        </ul>
      )}
    </div>
  );
}

function BackupRow({ backup }: { readonly backup: Backup }) {
  const engine = useEngine();
  const shell = useShell();
  const made = formatInstant(backup.atMs);
  async function restore(): Promise<void> {
    const isSure = await confirm({
      title: 'Restore this backup?',
      body: `The workspace becomes what it was on ${made} when it is opened next. What is there now is kept under another name. Runs that train end with a checkpoint in the kept file.`,
      action: 'Restore at the next start',
    });
    if (!isSure) return;
    await engine.workspace.restore({ name: backup.name });
    notifyDone(
      `The backup of ${made} takes the place of the workspace at its next start: close every ${shell.kind === 'electron' ? 'window' : 'page and the server'} and command that has it open, then open it again.`,
    );
  }
  return (
    <li className={classes.row}>
      <span title={backup.path}>
        {made}, {formatBytes(backup.bytes)} <span className="muted">{backup.name}</span>
      </span>
      <Button variant="subtle" size="compact-xs" onClick={() => attempt(restore)}>
        Restore
      </Button>
    </li>
  );
}
