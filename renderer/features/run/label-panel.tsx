// The user's own labels of a run: tags for searching, and a note.
import { TagsInput, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useEngine } from '../../engine/engine-context.tsx';
import { labelsQuery } from '../../engine/queries.ts';
import { attempt } from '../../ui/messages.tsx';
import { Panel } from '../../ui/page.tsx';
import classes from './run-page.module.css';

const LONGEST_TAG = 40;

export function LabelPanel({ runId }: { readonly runId: number }) {
  const engine = useEngine();
  const { data: labels = [] } = useQuery(labelsQuery(engine));
  const own = labels.find((label) => label.runId === runId);
  const tags = own?.tags ?? [];
  const stored = own?.note ?? '';
  const [note, setNote] = useState(stored);
  const [tooLong, setTooLong] = useState<string | null>(null);
  useEffect(() => setNote(stored), [stored]);
  const save = (change: { tags?: string[]; note?: string }) =>
    attempt(() => engine.runs.label({ run: runId, tags, note: stored, ...change }));
  return (
    <Panel title="Tags and note">
      <div className={classes.labels}>
        <TagsInput
          label="Tags"
          description="The list of runs finds them: tag:paper"
          size="xs"
          data={[...new Set(labels.flatMap((label) => label.tags))]}
          value={tags}
          error={tooLong && `A tag has at most ${LONGEST_TAG} characters. Shorten "${tooLong}".`}
          onChange={(next) => {
            const refused = next.find((tag) => tag.length > LONGEST_TAG);
            setTooLong(refused ?? null);
            if (refused === undefined) save({ tags: next });
          }}
          maxTags={20}
        />
        <Textarea
          label="Note"
          autosize
          minRows={2}
          maxRows={10}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          onBlur={() => note.trim() !== stored && save({ note })}
        />
      </div>
    </Panel>
  );
}
