// How far the lab is, with a button that cancels it.
import { Button, Progress } from '@mantine/core';
import type { LabUpdate } from '../../../engine/contract/labs.ts';
import { formatDuration } from '../../ui/format.ts';
import { cancelLab } from './lab-run.ts';
import classes from './learn.module.css';

export function LabProgress({
  progress,
}: {
  readonly progress: Extract<LabUpdate, { type: 'progress' }> | null;
}) {
  const { done = 0, of = 1, doing = 'starting', secondsLeft = null } = progress ?? {};
  return (
    <div className={classes.doing}>
      <span role="status">
        {doing} ({done} of {of} done{secondsLeft !== null && `, about ${formatDuration(secondsLeft)} left`})
      </span>
      <Progress value={(100 * done) / of} aria-label="Progress of the lab" />
      <div>
        <Button variant="default" size="xs" onClick={cancelLab}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
