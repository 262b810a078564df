// Begins and ends a recording of the microphone, which is asked for at the first click.
import { Button } from '@mantine/core';
import { IconMicrophone, IconPlayerStop } from '@tabler/icons-react';
import type { useRecorder } from './use-recorder.ts';

interface RecordButtonProps {
  readonly recorder: ReturnType<typeof useRecorder>;
  /** While it records. */
  readonly stopText: string;
  readonly disabled?: boolean;
  /** What is recorded, for those who hear the page. */
  readonly label?: string;
}

export function RecordButton({ recorder, stopText, disabled = false, label }: RecordButtonProps) {
  const { isRecording, hasSound, toggle } = recorder;
  const icon = { size: 15, 'aria-hidden': true } as const;
  const text = isRecording ? stopText : 'Record';
  return (
    <Button
      variant={isRecording ? 'light' : 'default'}
      color="red"
      disabled={disabled || (isRecording && !hasSound)}
      leftSection={isRecording ? <IconPlayerStop {...icon} /> : <IconMicrophone {...icon} />}
      onClick={() => void toggle()}
      aria-label={label === undefined ? undefined : `${text} ${label}`}
    >
      {text}
    </Button>
  );
}
