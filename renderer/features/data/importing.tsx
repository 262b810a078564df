// The progress of an import.
import { Button, Group } from '@mantine/core';
import { formatCount, formatDuration } from '../../ui/format.ts';
import { ProgressBar } from '../../ui/run-state.tsx';
import classes from './data.module.css';
import type { ImportProgress } from './use-import.ts';

const PHASES = {
  downloading: 'Downloading',
  reading: 'Reading',
  checking: 'Checking',
  storing: 'Storing',
} as const;

interface ImportingProps {
  readonly progress: ImportProgress;
  readonly onCancel: () => void;
}

export function Importing({ progress, onCancel }: ImportingProps) {
  const { phase, rows, fraction, secondsLeft } = progress;
  return (
    <div className={classes.stack}>
      <div className={classes.importing}>
        <span role="status">
          {PHASES[phase]}
          {phase !== 'downloading' && `, ${formatCount(rows)} rows`}
        </span>
        <span className="num muted">
          {Math.round(fraction * 100)} %{secondsLeft !== null && `, ${formatDuration(secondsLeft)} left`}
        </span>
      </div>
      <ProgressBar fraction={fraction} label="Progress of the import" />
      <Group justify="flex-end">
        <Button variant="default" onClick={onCancel}>
          Cancel the import
        </Button>
      </Group>
    </div>
  );
}
