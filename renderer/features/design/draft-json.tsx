// The draft as JSON: what the command line takes, and what a colleague can be sent.
import { Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import classes from './design.module.css';
import type { Draft } from './draft.ts';
import { useDraft } from './draft-context.tsx';

export function DraftJson() {
  const { draft, setDraft } = useDraft();
  const [text, setText] = useState(() => JSON.stringify(draft, null, 2));
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    // A change from elsewhere; what was typed here says the same already.
    setText((typed) => (sameJson(typed, draft) ? typed : JSON.stringify(draft, null, 2)));
  }, [draft]);
  function change(next: string): void {
    setText(next);
    try {
      const value: unknown = JSON.parse(next);
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw new Error('it must be an object');
      setError(null);
      setDraft(value as Draft);
    } catch (cause) {
      setError(`This is no experiment yet: ${(cause as Error).message}`);
    }
  }
  return (
    <div className={classes.json}>
      <Textarea
        aria-label="Experiment as JSON"
        classNames={{ root: classes.jsonField ?? '' }}
        value={text}
        onChange={(event) => change(event.currentTarget.value)}
        error={error}
        spellCheck={false}
      />
    </div>
  );
}

function sameJson(text: string, draft: Draft): boolean {
  try {
    return JSON.stringify(JSON.parse(text)) === JSON.stringify(draft);
  } catch {
    return false;
  }
}
