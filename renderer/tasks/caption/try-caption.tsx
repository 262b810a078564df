// Choose a picture: the model writes its caption.
import { useState } from 'react';
import type { Caption } from '../../../engine/contract/results/captioning.ts';
import type { RunDetail } from '../../../engine/contract/runs/run.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { formatNumber } from '../../ui/format.ts';
import { ErrorMessage } from '../../ui/messages.tsx';
import { Panel } from '../../ui/page.tsx';
import { contentOfPicture, PictureFile } from '../../ui/picture-file.tsx';

export function TryCaption({ run }: { readonly run: RunDetail }) {
  const engine = useEngine();
  const [caption, setCaption] = useState<Caption | null>(null);
  const [error, setError] = useState<unknown>(null);
  async function ask(file: File): Promise<void> {
    setError(null);
    try {
      setCaption(await engine.captioning.write({ run: run.id, picture: await contentOfPicture(file) }));
    } catch (cause) {
      setCaption(null);
      setError(cause);
    }
  }
  return (
    <Panel title="Try it">
      <PictureFile onChoose={(file) => void ask(file)} />
      {error !== null && <ErrorMessage error={error} />}
      {caption && (
        <div role="status" aria-label="Written caption">
          <p>
            <strong>{caption.text === '' ? 'Nothing was written.' : caption.text}</strong>
          </p>
          {caption.alternatives.slice(1).map(({ text, probability }) => (
            <p key={text} className="muted">
              {text} ({formatNumber(probability)})
            </p>
          ))}
        </div>
      )}
    </Panel>
  );
}
