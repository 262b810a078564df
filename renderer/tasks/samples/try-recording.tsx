// Speak, or choose a recording: the model answers.
import { Button, FileButton, Group } from '@mantine/core';
import { IconFile, IconMicrophone, IconPlayerStop } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { ClassAnswers } from '../../../engine/contract/results/classify-result.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { ErrorMessage } from '../../ui/messages.tsx';
import { base64Of, decodeRecording, type Recorded, type Recorder, startRecording } from './recording.ts';
import type { TriedProps } from './tried-props.ts';

export function TryRecording({ run, Shown }: TriedProps) {
  const engine = useEngine();
  const [answers, setAnswers] = useState<ClassAnswers | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isRecording, setRecording] = useState(false);
  const [hasSound, setSound] = useState(false);
  const recorder = useRef<Recorder | null>(null);

  async function ask(recorded: () => Promise<Recorded>): Promise<void> {
    setError(null);
    try {
      const { rate, wave } = await recorded();
      setAnswers(await engine.classify.answerRecording({ run: run.id, rate, wave: base64Of(wave) }));
    } catch (cause) {
      setAnswers(null);
      setError(cause);
    }
  }
  async function toggle(): Promise<void> {
    const { current } = recorder;
    if (current) {
      recorder.current = null;
      setRecording(false);
      await ask(() => current.stop());
      return;
    }
    setError(null);
    try {
      setSound(false);
      recorder.current = await startRecording(() => setSound(true));
      setRecording(true);
    } catch (cause) {
      setError(cause);
    }
  }
  const icon = { size: 15, 'aria-hidden': true } as const;
  return (
    <>
      <Group gap="xs">
        <Button
          variant="default"
          disabled={isRecording && !hasSound}
          leftSection={isRecording ? <IconPlayerStop {...icon} /> : <IconMicrophone {...icon} />}
          onClick={() => void toggle()}
        >
          {isRecording ? 'Stop and answer' : 'Record'}
        </Button>
        <FileButton
          accept="audio/*"
          onChange={(file) => file && void ask(() => decodeRecording(file, `"${file.name}"`))}
        >
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconFile {...icon} />}>
              Choose a recording
            </Button>
          )}
        </FileButton>
      </Group>
      {error !== null && <ErrorMessage error={error} />}
      {answers && <Shown answers={answers} />}
    </>
  );
}
