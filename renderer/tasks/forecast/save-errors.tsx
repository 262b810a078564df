// Saves one of the tables of errors of a run as a CSV file.
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useShell } from '../../app/shell-context.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { BusyButton } from '../../ui/busy-button.tsx';
import { fileName } from '../../ui/format.ts';
import { attempt, notifyDone } from '../../ui/messages.tsx';
import type { RunTabProps } from '../run-tab.ts';

interface SaveErrorsProps extends RunTabProps {
  /** As runs.errorTables names it. */
  readonly table: 'errors-by-step.csv' | 'scores-by-series.csv';
}

export function SaveErrors({ run, table }: SaveErrorsProps) {
  const engine = useEngine();
  const shell = useShell();
  const [isSaving, setSaving] = useState(false);
  async function save(): Promise<void> {
    setSaving(true);
    await attempt(async () => {
      const tables = await engine.runs.errorTables({ run: run.id });
      const found = tables.find(({ name }) => name === table);
      if (!found) return;
      const title = `${fileName(run.name)} ${table}`;
      const saved = await shell.saveFiles(title, [{ name: title, content: found.content }]);
      if (saved) notifyDone(`Saved: ${saved.destination}`);
    });
    setSaving(false);
  }
  return (
    <BusyButton
      variant="subtle"
      size="compact-xs"
      leftSection={<IconDownload size={14} aria-hidden />}
      isBusy={isSaving}
      onClick={save}
      aria-label={`Save ${table}`}
    >
      CSV
    </BusyButton>
  );
}
