// The state of a run as a shape and a word, never by colour alone; and its progress.
import {
  IconAlertOctagon,
  IconAlertTriangle,
  IconBolt,
  IconCheck,
  IconCircleDashed,
  IconPlayerPause,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerStopFilled,
  IconTrendingUp,
} from '@tabler/icons-react';
import type { RunState, RunSummary } from '../../engine/contract/runs/run.ts';
import classes from './ui.module.css';

const ICONS = {
  queued: IconCircleDashed,
  running: IconPlayerPlayFilled,
  paused: IconPlayerPauseFilled,
  stopped: IconPlayerStopFilled,
  held: IconPlayerPause,
  interrupted: IconBolt,
  completed: IconCheck,
  diverged: IconTrendingUp,
  failed: IconAlertTriangle,
  damaged: IconAlertOctagon,
} satisfies Record<RunState, unknown>;

type BadgeRun = Pick<RunSummary, 'state' | 'stopRequested' | 'queuePosition'>;

export function stateText({ state, stopRequested, queuePosition }: BadgeRun): string {
  if (state === 'running' && stopRequested) return 'stopping';
  if (state === 'queued' && queuePosition !== null) return `queued, ${queuePosition}`;
  return state;
}

export function StateBadge({ run }: { readonly run: BadgeRun }) {
  return <StateMark state={run.state} text={stateText(run)} />;
}

export function StateMark({ state, text }: { readonly state: RunState; readonly text: string }) {
  const Icon = ICONS[state];
  return (
    <span className={`${classes.state} ${classes[state]}`}>
      <span className={classes.stateIcon}>
        <Icon size={13} aria-hidden />
      </span>
      <span className="ellipsis">{text}</span>
    </span>
  );
}

/** 0 to 1, by steps; by epochs before the number of steps is known. */
export function fractionOf({ step, totalSteps, epoch, totalEpochs }: RunSummary): number {
  if (totalSteps) return Math.min(1, step / totalSteps);
  return totalEpochs > 0 ? Math.min(1, epoch / totalEpochs) : 0;
}

export function ProgressBar({
  fraction,
  quiet = false,
  label,
}: {
  fraction: number;
  quiet?: boolean;
  label: string;
}) {
  return (
    <span
      className={`${classes.bar} ${quiet ? classes.barQuiet : ''}`}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(fraction * 100)}
    >
      <span className={classes.barFill} style={{ width: `${fraction * 100}%` }} />
    </span>
  );
}

export function KeyHint({ keys }: { readonly keys: string }) {
  return (
    <span aria-hidden style={{ display: 'inline-flex', gap: 3 }}>
      {keys.split(' ').map((key) => (
        <kbd key={key} className={classes.kbd}>
          {key === 'mod' ? (navigator.platform.startsWith('Mac') ? '⌘' : 'Ctrl') : key}
        </kbd>
      ))}
    </span>
  );
}
