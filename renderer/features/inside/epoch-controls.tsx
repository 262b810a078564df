// Goes through the epochs of a run: those that were not kept are there once it was trained again, which is offered with its seconds.
import { ActionIcon, Slider } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEngine } from '../../engine/engine-context.tsx';
import { BusyButton } from '../../ui/busy-button.tsx';
import { formatDuration } from '../../ui/format.ts';
import { ErrorMessage, Note } from '../../ui/messages.tsx';
import { useAheadOf } from './ahead.tsx';
import classes from './inside.module.css';
import { replayQuery, type Target, windowQuery } from './inside-queries.ts';
import type { InsideViewProps } from './inside-view.ts';
import { usePlayback } from './use-playback.ts';

export function EpochControls(props: InsideViewProps) {
  const { about, target, version, change } = props;
  const engine = useEngine();
  const isEpoch = typeof target.weights === 'object';
  const { data, error, isFetching } = useQuery({
    ...replayQuery(engine, target.run, version),
    enabled: isEpoch,
  });
  const { replay } = about;
  if (replay === null) return null;
  if (error) return <ErrorMessage error={error} />;
  const seconds = replay.seconds === null ? '' : `, about ${formatDuration(Math.max(1, replay.seconds))}`;
  if (isEpoch && data)
    return <Epochs {...props} epochs={data.epochs} note={data.sentence} isSame={data.isSame} />;
  return (
    <BusyButton
      variant="default"
      isBusy={isFetching}
      onClick={() => change({ weights: { epoch: replay.epochs } })}
      title="Trains the run again from its seed, so that the weights after each epoch can be looked into"
    >
      {`Replay its epochs${seconds}`}
    </BusyButton>
  );
}

interface EpochsProps extends InsideViewProps {
  readonly epochs: readonly number[];
  readonly note: string;
  readonly isSame: boolean | null;
}

function Epochs({ target, version, change, epochs, note, isSame }: EpochsProps) {
  const engine = useEngine();
  const { data, isPlaceholderData } = useQuery(windowQuery(engine, target, version));
  const epoch = typeof target.weights === 'object' ? target.weights.epoch : 0;
  const at = epochs.findLastIndex((one) => one <= epoch);
  const isThere = data !== undefined && !isPlaceholderData;
  const go = (index: number) => {
    const next = epochs[index];
    if (next !== undefined) change({ weights: { epoch: next } });
  };
  const { isPlaying, play } = usePlayback({ isThere, at, last: epochs.length - 1, go });
  useAheadOf(isPlaying, (one) => followingEpoch(one, epochs));
  return (
    <div className={classes.epochs}>
      <ActionIcon
        variant="default"
        aria-label={isPlaying ? 'Pause the epochs' : 'Play through the epochs'}
        onClick={() => {
          if (!isPlaying && at >= epochs.length - 1) go(0);
          play(!isPlaying);
        }}
      >
        {isPlaying ? <IconPlayerPause size={16} aria-hidden /> : <IconPlayerPlay size={16} aria-hidden />}
      </ActionIcon>
      <Slider
        thumbLabel="Epoch"
        min={0}
        max={Math.max(1, epochs.length - 1)}
        value={Math.max(0, at)}
        onChange={go}
        label={(index) => `epoch ${epochs[index] ?? ''}`}
        w={160}
        size="sm"
      />
      <span className="muted num">epoch {epoch}</span>
      {isSame === false ? <Note>{note}</Note> : <span className="muted">{isSame ? 'same weights' : ''}</span>}
    </div>
  );
}

function followingEpoch(target: Target, epochs: readonly number[]): Target | null {
  const epoch = typeof target.weights === 'object' ? target.weights.epoch : 0;
  const next = epochs.find((one) => one > epoch);
  return next === undefined ? null : { ...target, weights: { epoch: next } };
}
