// The draft as JSON: the file that the command line takes and that can be sent to a colleague.
import { Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import { MOST_DEPTH, nestsTooDeep } from '../../../engine/contract/api/json-depth.ts';
import { jsonProblemText } from '../../../engine/words/json-problem.ts';
import classes from './design.module.css';
import type { Draft } from './draft.ts';
import { useDraft } from './draft-context.tsx';
import { keepUnread, keptUnread } from './kept-draft.ts';

export function DraftJson() {
  const { draft, setDraft, fault, setFault } = useDraft();
  const [text, setText] = useState(() => keptUnread(draft) ?? JSON.stringify(draft, null, 2));
  // Beside the form the draft is the last that could be read; what cannot be read yet is here again with this view.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the view comes and goes
  useEffect(() => {
    if (keptUnread(draft) !== null) change(text);
    return () => setFault(null);
  }, []);
  useEffect(() => {
    // A change from elsewhere; what was typed here says the same already, or cannot be read yet.
    setText((typed) =>
      sameJson(typed, draft) || keptUnread(draft) === typed ? typed : JSON.stringify(draft, null, 2),
    );
  }, [draft]);
  function refuse(next: string, why: string): void {
    keepUnread(draft, next);
    setFault(why);
  }
  function change(next: string): void {
    setText(next);
    if (nestsTooDeep(next)) {
      refuse(next, `This nests more than ${MOST_DEPTH} levels deep, and no experiment does.`);
      return;
    }
    const problem = next.trim() === '' ? 'it is empty' : jsonProblemText(next);
    const value: unknown = problem === null ? JSON.parse(next) : undefined;
    if (problem !== null) refuse(next, `This is not JSON: ${problem}.`);
    else if (!isObject(value)) refuse(next, 'An experiment is an object in braces, { … }.');
    else {
      keepUnread(draft, null);
      setFault(null);
      setDraft(value);
    }
  }
  return (
    <div className={classes.json}>
      <Textarea
        aria-label="Experiment as JSON"
        classNames={{ root: classes.jsonField ?? '' }}
        value={text}
        onChange={(event) => change(event.currentTarget.value)}
        error={fault}
        spellCheck={false}
      />
    </div>
  );
}

const isObject = (value: unknown): value is Draft =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function sameJson(text: string, draft: Draft): boolean {
  try {
    return JSON.stringify(JSON.parse(text)) === JSON.stringify(draft);
  } catch {
    return false;
  }
}
