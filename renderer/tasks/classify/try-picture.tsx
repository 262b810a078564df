// Choose a picture: the classifier answers.
import { Button, FileButton } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import { useState } from 'react';
import { type ClassAnswers, MOST_WAVE_CHARACTERS } from '../../../engine/contract/classify-result.ts';
import { HindcastError } from '../../../engine/contract/errors.ts';
import type { RunDetail } from '../../../engine/contract/run.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { base64OfBytes } from '../../ui/base64.ts';
import { ErrorMessage } from '../../ui/messages.tsx';
import { Answers } from './answers.tsx';

const MOST_BYTES = Math.floor((3 * MOST_WAVE_CHARACTERS) / 4);

const tooLarge = (): HindcastError =>
  new HindcastError('invalid-input', 'The picture is larger than 11 MB; choose a smaller one, or reduce it.');

export function TryPicture({ run }: { readonly run: RunDetail }) {
  const engine = useEngine();
  const [answers, setAnswers] = useState<ClassAnswers | null>(null);
  const [name, setName] = useState('');
  const [error, setError] = useState<unknown>(null);
  async function ask(file: File): Promise<void> {
    setError(null);
    setName(file.name);
    try {
      if (file.size > MOST_BYTES) throw tooLarge();
      const bytes = new Uint8Array(await file.arrayBuffer());
      setAnswers(await engine.classify.answerPicture({ run: run.id, file: base64OfBytes(bytes) }));
    } catch (cause) {
      setAnswers(null);
      setError(cause);
    }
  }
  return (
    <>
      <FileButton accept="image/png,image/jpeg,image/gif" onChange={(file) => file && void ask(file)}>
        {(props) => (
          <Button {...props} variant="default" leftSection={<IconPhoto size={15} aria-hidden />}>
            Choose a picture
          </Button>
        )}
      </FileButton>
      {name !== '' && <span className="muted"> {name}</span>}
      {error !== null && <ErrorMessage error={error} />}
      {answers && <Answers answers={answers} />}
    </>
  );
}
