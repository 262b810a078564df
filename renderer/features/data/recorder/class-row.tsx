// One class of the recordings: its name, the button that records, and what was recorded, to be listened to or deleted.
import { ActionIcon, TextInput } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop, IconTrash, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { plural } from '../../../ui/format.ts';
import { attempt, ErrorMessage } from '../../../ui/messages.tsx';
import classes from '../data.module.css';
import { playWave } from '../samples/play-wave.ts';
import { RecordButton } from './record-button.tsx';
import { addTake, nameClass, type RecordedClass, removeClass, removeTake, type Take } from './recorded.ts';
import { useRecorder } from './use-recorder.ts';

interface ClassRowProps {
  readonly of: RecordedClass;
  /** From 1. */
  readonly number: number;
  readonly takes: readonly Take[];
  /** Of the recordings that follow. */
  readonly group: string;
  /** Another one is being recorded. */
  readonly isBlocked: boolean;
  readonly onActive: (isActive: boolean) => void;
}

export function ClassRow({ of, number, takes, group, isBlocked, onActive }: ClassRowProps) {
  const recorder = useRecorder((recorded) => addTake({ ...recorded, of: of.id, group }));
  const { isRecording, error } = recorder;
  const shown = of.name.trim() === '' ? `class ${number}` : of.name.trim();
  const seconds = useSeconds(isRecording);
  // The others wait while it records.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is told what changed, not who is told
  useEffect(() => onActive(isRecording), [isRecording]);
  return (
    <li aria-label={shown}>
      <div className={classes.recordedHead}>
        <TextInput
          aria-label={`Name of class ${number}`}
          placeholder={`Class ${number}`}
          value={of.name}
          onChange={(event) => nameClass(of.id, event.currentTarget.value)}
          maxLength={300}
        />
        <RecordButton recorder={recorder} stopText="Stop" label={shown} disabled={isBlocked} />
        <span className="muted num">
          {isRecording ? `${seconds} s` : takes.length === 0 ? '' : plural(takes.length, 'recording')}
        </span>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Delete ${shown}`}
          disabled={isRecording}
          onClick={() => removeClass(of.id)}
        >
          <IconTrash size={15} aria-hidden />
        </ActionIcon>
      </div>
      {error !== null && <ErrorMessage error={error} />}
      {takes.length > 0 && (
        <ul className={classes.takes}>
          {takes.map((take, index) => (
            <TakeItem key={take.id} take={take} name={`recording ${index + 1} of ${shown}`} />
          ))}
        </ul>
      )}
    </li>
  );
}

/** Whole seconds since it began. */
function useSeconds(isCounting: boolean): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    setSeconds(0);
    if (!isCounting) return;
    const timer = setInterval(() => setSeconds((now) => now + 1), 1_000);
    return () => clearInterval(timer);
  }, [isCounting]);
  return seconds;
}

function TakeItem({ take, name }: { readonly take: Take; readonly name: string }) {
  const [isPlaying, setPlaying] = useState(false);
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);
  const toggle = () =>
    attempt(async () => {
      if (isPlaying) stop.current?.();
      else {
        stop.current = playWave({ ...take, onEnd: () => setPlaying(false) });
        setPlaying(true);
      }
    });
  const icon = { size: 13, 'aria-hidden': true } as const;
  return (
    <li>
      <ActionIcon
        variant="subtle"
        size="sm"
        aria-label={`${isPlaying ? 'Stop' : 'Play'} ${name}`}
        onClick={toggle}
      >
        {isPlaying ? <IconPlayerStop {...icon} /> : <IconPlayerPlay {...icon} />}
      </ActionIcon>
      <span className="num">{(take.wave.length / take.rate).toFixed(1)} s</span>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={`Delete ${name}`}
        onClick={() => removeTake(take.id)}
      >
        <IconX {...icon} />
      </ActionIcon>
    </li>
  );
}
