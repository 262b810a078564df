// To try a model of samples: of texts and numbers the answer comes while one types, of recordings when they end.
import { Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { unknownHere } from '../../../engine/words/unknown-items.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { keptOfRun, keys } from '../../engine/queries.ts';
import { weightsOf } from '../../features/run/weights-of.ts';
import { ErrorMessage, Note } from '../../ui/messages.tsx';
import { Panel } from '../../ui/page.tsx';
import type { TriedProps } from './tried-props.ts';
import { TryPicture } from './try-picture.tsx';
import { TryRecording } from './try-recording.tsx';

const SETTLED_MS = 150;

const READS: Readonly<Record<string, ((props: TriedProps) => ReactNode) | undefined>> = {
  audio: TryRecording,
  image: TryPicture,
  frames: TryPicture,
  events: (props) => (
    <TryText {...props} label="Events to try" placeholder='Events as JSON: [{"time": 0.5, "key": 60}, ...]' />
  ),
  tokens: (props) => (
    <TryText
      {...props}
      label="Items to try"
      placeholder={'Items between commas, or a list in JSON: ["log in", "search", ...]'}
    />
  ),
  sequence: (props) => (
    <TryText {...props} label="Numbers to try" placeholder="Numbers: all in a line, or a step a line" />
  ),
};

export function TryIt({ run, Shown }: TriedProps) {
  const engine = useEngine();
  const request = { dataset: run.datasetName, version: run.datasetVersion };
  const { data } = useQuery({
    queryKey: [...keys.datasets, 'version', request],
    queryFn: () => engine.datasets.get(request),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const { input } = run.configuration.task as { readonly input?: string };
  const kind = data?.columns.find(({ name }) => name === input)?.kind ?? 'text';
  const Reading = READS[kind];
  return (
    <Panel title="Try it">
      {Reading ? (
        <Reading run={run} Shown={Shown} />
      ) : (
        <TryText run={run} Shown={Shown} label="A text to try" placeholder="Type or paste a text" />
      )}
    </Panel>
  );
}

interface TryTextProps extends TriedProps {
  readonly label: string;
  readonly placeholder: string;
}

function TryText({ run, Shown, label, placeholder }: TryTextProps) {
  const engine = useEngine();
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text, SETTLED_MS);
  const { data, error } = useQuery({
    queryKey: ['classify', 'answer', { run: run.id }, weightsOf(run), settled],
    queryFn: ({ signal }) => engine.classify.answer({ run: run.id, texts: [settled] }, { signal }),
    enabled: settled.trim() !== '',
    placeholderData: keptOfRun(run.id),
    retry: false,
  });
  return (
    <>
      <Textarea
        aria-label={label}
        placeholder={placeholder}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autosize
        minRows={4}
        maxRows={8}
      />
      {settled.trim() === '' && <p className="muted">The answer comes while you type.</p>}
      {error && <ErrorMessage error={error} />}
      {settled.trim() !== '' && data && <Shown answers={data} />}
      {settled.trim() !== '' && data?.unknown && (
        <div style={{ paddingTop: 10 }}>
          <Note>{unknownHere(data.unknown)}</Note>
        </div>
      )}
    </>
  );
}
