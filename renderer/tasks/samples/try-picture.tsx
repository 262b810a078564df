// Choose a picture: the model answers.
import { useState } from 'react';
import type { ClassAnswers } from '../../../engine/contract/results/classify-result.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { ErrorMessage } from '../../ui/messages.tsx';
import { contentOfPicture, PictureFile } from '../../ui/picture-file.tsx';
import type { TriedProps } from './tried-props.ts';

export function TryPicture({ run, Shown }: TriedProps) {
  const engine = useEngine();
  const [answers, setAnswers] = useState<ClassAnswers | null>(null);
  const [name, setName] = useState('');
  const [error, setError] = useState<unknown>(null);
  async function ask(file: File): Promise<void> {
    setError(null);
    setName(file.name);
    try {
      setAnswers(await engine.classify.answerPicture({ run: run.id, picture: await contentOfPicture(file) }));
    } catch (cause) {
      setAnswers(null);
      setError(cause);
    }
  }
  return (
    <>
      <PictureFile onChoose={(file) => void ask(file)} />
      {name !== '' && <span className="muted"> {name}</span>}
      {error !== null && <ErrorMessage error={error} />}
      {answers && <Shown answers={answers} />}
    </>
  );
}
