// The banner above the run list: runs that a previous engine left interrupted or queued, with buttons that resume them.
import { Button, Group } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { RunActions } from './run-actions.ts';
import type { ListedRun } from './run-filter.ts';
import classes from './run-table.module.css';

/** After an engine ended while runs trained or waited: they resume when the user says so. */
export function LeftRunsBanner({
  runs,
  actions,
}: {
  readonly runs: readonly ListedRun[];
  readonly actions: RunActions;
}) {
  const [dismissed, setDismissed] = useState(false);
  const interrupted = runs.filter(({ state }) => state === 'interrupted');
  const waiting = useLeftRuns(runs);
  if (dismissed || interrupted.length + waiting.length === 0) return null;
  const texts = [
    ...(interrupted.length > 0 ? [interruptedText(interrupted)] : []),
    ...(waiting.length > 0 ? [waitingText(waiting)] : []),
  ];
  return (
    <div className={classes.banner} role="status">
      <span>{texts.join(' ')}</span>
      <Group ml="auto" wrap="nowrap">
        {interrupted.length > 0 && (
          <Button variant="default" onClick={() => actions.resume(interrupted)}>
            {interrupted.length === 1 ? 'Resume it' : 'Resume all'}
          </Button>
        )}
        {waiting.length > 0 && (
          <Button variant="default" onClick={() => actions.resume(waiting)}>
            Start the queue
          </Button>
        )}
        <Button variant="subtle" onClick={() => setDismissed(true)}>
          Not now
        </Button>
      </Group>
    </div>
  );
}

function interruptedText(runs: readonly ListedRun[]): string {
  return runs.length === 1
    ? `${runs[0]?.name} was interrupted; it can resume from its last checkpoint.`
    : `${runs.length} runs were interrupted; they can resume from their last checkpoints.`;
}

function waitingText(runs: readonly ListedRun[]): string {
  return runs.length === 1
    ? `${runs[0]?.name} still waits in the queue, and nothing trains.`
    : `${runs.length} runs still wait in the queue, and nothing trains.`;
}

/** Longer than a run takes from the queue to its start. */
const START_MS = 2_000;

/** Queued runs left by an engine that has ended: the next engine starts them only on request. */
function useLeftRuns(runs: readonly ListedRun[]): readonly ListedRun[] {
  const queued = runs.filter(({ state }) => state === 'queued');
  const stuck = queued.length > 0 && !runs.some(({ state }) => state === 'running' || state === 'paused');
  const [since, setSince] = useState(false);
  useEffect(() => {
    if (!stuck) return setSince(false);
    const timer = setTimeout(() => setSince(true), START_MS);
    return () => clearTimeout(timer);
  }, [stuck]);
  return stuck && since ? queued : [];
}
