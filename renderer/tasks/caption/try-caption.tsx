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
  const [failed, setFailed] = useState<{ readonly file: string; readonly error: unknown } | null>(null);
  async function ask(file: File): Promise<void> {
    setFailed(null);
    try {
      setCaption(await engine.captioning.write({ run: run.id, picture: await contentOfPicture(file) }));
    } catch (cause) {
      setCaption(null);
      setFailed({ file: file.name, error: cause });
    }
  }
  return (
    <Panel title="Try it">
      <PictureFile onChoose={(file) => void ask(file)} />
      {failed && <ErrorMessage error={failed.error} about={failed.file} />}
      {caption && (
        <div role="status" aria-label="Written caption">
          <p>
            <strong>{caption.text === '' ? 'Nothing was written.' : caption.text}</strong>
          </p>
          {caption.alternatives
            .filter(({ text }) => text !== caption.text)
            .map(({ text, probability }) => (
              <p key={text} className="muted">
                {text} ({formatNumber(100 * probability, 3)} %)
              </p>
            ))}
        </div>
      )}
    </Panel>
  );
}
