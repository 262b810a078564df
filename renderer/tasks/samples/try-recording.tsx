// Speak, or choose a recording: the model answers.
import { Button, FileButton, Group } from '@mantine/core';
import { IconFile } from '@tabler/icons-react';
import { useState } from 'react';
import type { ClassAnswers } from '../../../engine/contract/results/classify-result.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { RecordButton } from '../../features/data/recorder/record-button.tsx';
import { base64Of, decodeRecording, type Recorded } from '../../features/data/recorder/recording.ts';
import { useRecorder } from '../../features/data/recorder/use-recorder.ts';
import { ErrorMessage } from '../../ui/messages.tsx';
import type { TriedProps } from './tried-props.ts';

export function TryRecording({ run, Shown }: TriedProps) {
  const engine = useEngine();
  const [answers, setAnswers] = useState<ClassAnswers | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const recorder = useRecorder(({ rate, wave }) => ask(async () => ({ rate, wave })));

  async function ask(recorded: () => Promise<Recorded>): Promise<void> {
    setFailure(null);
    try {
      const { rate, wave } = await recorded();
      setAnswers(await engine.classify.answerRecording({ run: run.id, rate, wave: base64Of(wave) }));
    } catch (cause) {
      setAnswers(null);
      setFailure(cause);
    }
  }
  const error = recorder.error ?? failure;
  return (
    <>
      <Group gap="xs">
        <RecordButton recorder={recorder} stopText="Stop and answer" />
        <FileButton
          accept="audio/*"
          onChange={(file) => file && void ask(() => decodeRecording(file, `"${file.name}"`))}
        >
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconFile size={15} aria-hidden />}>
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
