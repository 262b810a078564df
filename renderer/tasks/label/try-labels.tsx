// To try a labeller: the labels come while the text is typed.
import { Box, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { LONGEST_LABELLED } from '../../../engine/contract/results/labelling.ts';
import type { RunDetail } from '../../../engine/contract/runs/run.ts';
import { asLabelTask } from '../../../engine/contract/tasks/label.ts';
import { requireShort } from '../../../engine/words/short-texts.ts';
import { neverSeen } from '../../../engine/words/unknown-items.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { keptOfRun } from '../../engine/queries.ts';
import { weightsOf } from '../../features/run/weights-of.ts';
import { ErrorMessage } from '../../ui/messages.tsx';
import { Panel } from '../../ui/page.tsx';
import { LabelLegend, LabelStrip } from './label-strip.tsx';
import { LabelledTokens } from './labelled-text.tsx';

const SETTLED_MS = 150;

export function TryLabels({ run }: { readonly run: RunDetail }) {
  const { window } = asLabelTask(run.configuration.task);
  const engine = useEngine();
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text, SETTLED_MS);
  const { data, error } = useQuery({
    queryKey: ['labelling', 'label', { run: run.id }, weightsOf(run), settled],
    queryFn: async ({ signal }) => {
      requireShort([settled], LONGEST_LABELLED);
      return engine.labelling.label({ run: run.id, texts: [settled] }, { signal });
    },
    enabled: settled.trim() !== '',
    placeholderData: keptOfRun(run.id),
    retry: false,
  });
  const [found] = data?.texts ?? [];
  return (
    <Panel title="Try it">
      <Textarea
        aria-label={window ? 'Rows to label' : 'A text to label'}
        placeholder={
          window
            ? `Rows between spaces, each with its numbers between commas: ${window.columns.join(',')} ${window.columns.join(',')}`
            : 'Type or paste a text'
        }
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autosize
        minRows={2}
        maxRows={8}
        mb="sm"
      />
      {error && (
        <Box mt="sm">
          <ErrorMessage error={error} />
        </Box>
      )}
      {settled.trim() !== '' && data && found && (
        <section aria-label="Labels">
          {window ? (
            <>
              <LabelLegend classes={data.classes} />
              <LabelStrip text={found} classes={data.classes} />
            </>
          ) : (
            <LabelledTokens tokens={found.tokens} classes={data.classes} />
          )}
        </section>
      )}
      {settled.trim() !== '' && data && data.unknown.length > 0 && (
        <p className="muted">{neverSeen(data.unknown)}</p>
      )}
    </Panel>
  );
}
