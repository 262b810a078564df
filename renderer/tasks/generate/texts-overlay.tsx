// What several language models write from one prompt, side by side: the same temperature and the same random numbers for each.
import { Button, Group, TextInput } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { useEngine } from '../../engine/engine-context.tsx';
import { lookOf } from '../../features/compare/run-look.ts';
import { weightsOf } from '../../features/run/weights-of.ts';
import { ErrorMessage } from '../../ui/messages.tsx';
import { Panel } from '../../ui/page.tsx';
import { RunSection } from '../run-section.tsx';
import type { OverlayProps } from '../task-screens.ts';
import css from './generate.module.css';

const TOKENS = 300;
const TEMPERATURE = 0.8;

export function TextsOverlay({ runs, looks }: OverlayProps) {
  const engine = useEngine();
  const [typed, setTyped] = useState('');
  const [prompt, setPrompt] = useState('');
  const [seed, setSeed] = useState(1);
  const able = runs.filter(({ bestEpoch }) => bestEpoch !== null);
  const texts = useQueries({
    queries: able.map((run) => {
      const request = { run: run.id, prompt, seed, temperature: TEMPERATURE, count: TOKENS };
      return {
        queryKey: ['generation', 'write', request, weightsOf(run)],
        queryFn: ({ signal }: { signal: AbortSignal }) => engine.generation.write(request, { signal }),
        staleTime: Number.POSITIVE_INFINITY,
        retry: false,
      };
    }),
  });
  if (able.length === 0) return null;
  return (
    <Panel title="What they write from one prompt">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setPrompt(typed);
        }}
      >
        <Group gap="sm" mb="sm" align="flex-end">
          <TextInput
            label="Prompt"
            placeholder="Empty: from nothing"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            style={{ flex: '1 1 20ch' }}
          />
          <Button type="submit">Write</Button>
          <Button variant="default" onClick={() => setSeed(seed + 1)}>
            Other random numbers
          </Button>
        </Group>
      </form>
      <div className={css.epochs}>
        {able.map((run, index) => {
          const { data, error } = texts[index] ?? {};
          const { color } = looks.get(run.id) ?? lookOf(index);
          return (
            <RunSection key={run.id} run={run} color={color} of="Text">
              {error && <ErrorMessage error={error} />}
              <p className={css.text}>
                <span className={css.prompt}>{prompt}</span>
                {data ? data.tokens.join('') : error ? '' : '…'}
              </p>
            </RunSection>
          );
        })}
      </div>
    </Panel>
  );
}
