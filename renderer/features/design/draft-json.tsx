// The draft as JSON: the file that the command line takes and that can be sent to a colleague.
import { Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import { MOST_DEPTH, nestsTooDeep } from '../../../engine/contract/json-depth.ts';
import { jsonProblemText } from '../../../engine/words/json-problem.ts';
import classes from './design.module.css';
import type { Draft } from './draft.ts';
import { useDraft } from './draft-context.tsx';

export function DraftJson() {
  const { draft, setDraft, fault, setFault } = useDraft();
  const [text, setText] = useState(() => JSON.stringify(draft, null, 2));
  // Broken JSON is lost when this view closes: the draft is the last text that could be read.
  useEffect(() => () => setFault(null), [setFault]);
  useEffect(() => {
    // A change from elsewhere; what was typed here says the same already.
    setText((typed) => (sameJson(typed, draft) ? typed : JSON.stringify(draft, null, 2)));
  }, [draft]);
  function change(next: string): void {
    setText(next);
    if (nestsTooDeep(next)) {
      setFault(`This nests more than ${MOST_DEPTH} levels deep, and no experiment does.`);
      return;
    }
    const problem = next.trim() === '' ? 'it is empty' : jsonProblemText(next);
    const value: unknown = problem === null ? JSON.parse(next) : undefined;
    if (problem !== null) setFault(`This is not JSON: ${problem}.`);
    else if (!isObject(value)) setFault('An experiment is an object in braces, { … }.');
    else {
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
