// What can be done to the selected runs.
import { Button } from '@mantine/core';
import { IconDownload, IconGitCompare, IconPlayerPlay, IconPlayerStop, IconTrash } from '@tabler/icons-react';
import { formatCount } from '../../ui/format.ts';
import { openExport } from '../export/export-state.ts';
import { canDelete, canResume, canStop, type RunActions } from './run-actions.ts';
import type { ListedRun } from './run-filter.ts';
import classes from './run-table.module.css';

interface SelectionBarProps {
  readonly runs: readonly ListedRun[];
  readonly actions: RunActions;
  readonly onCompare: () => void;
}

export function SelectionBar({ runs, actions, onCompare }: SelectionBarProps) {
  const [first] = runs;
  return (
    <div className={classes.selection}>
      <span className="muted">{formatCount(runs.length)} selected</span>
      <Button
        variant="light"
        leftSection={<IconGitCompare size={14} aria-hidden />}
        disabled={runs.length < 2}
        onClick={onCompare}
      >
        Compare
      </Button>
      {first && (
        <Button
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          disabled={runs.length > 1}
          onClick={() => openExport(first)}
        >
          Export
        </Button>
      )}
      {runs.some(canStop) && (
        <Button
          variant="default"
          leftSection={<IconPlayerStop size={14} aria-hidden />}
          onClick={() => actions.stop(runs)}
        >
          Stop
        </Button>
      )}
      {runs.some(canResume) && (
        <Button
          variant="default"
          leftSection={<IconPlayerPlay size={14} aria-hidden />}
          onClick={() => actions.resume(runs)}
        >
          Resume
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<IconTrash size={14} aria-hidden />}
        disabled={!runs.some(canDelete)}
        onClick={() => actions.remove(runs)}
      >
        Delete
      </Button>
    </div>
  );
}
