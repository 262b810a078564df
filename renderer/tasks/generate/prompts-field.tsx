// The prompts that are continued after every validation, one a line.
import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { MOST_PROMPTS } from '../../../engine/contract/tasks/generate.ts';
import classes from '../../features/design/design.module.css';
import { useField } from '../../features/design/draft-context.tsx';
import { labelOf, marked } from '../../features/design/fields.tsx';
import { promptsOfText, textOfPrompts } from './prompts-text.ts';

const PATH = 'task.prompts';

export function PromptsField() {
  const { value, set, error, isChanged } = useField(PATH);
  // As it is typed: a line break at the end is on its way to another prompt.
  const [typed, setTyped] = useState('');
  const prompts = Array.isArray(value) ? value.map(String) : undefined;
  const isTyped = JSON.stringify(promptsOfText(typed)) === JSON.stringify(prompts);
  return (
    <Textarea
      data-field={PATH}
      className={classes.whole ?? ''}
      label={marked(labelOf(PATH), isChanged)}
      description={`What it continues after every validation, one a line, at most ${MOST_PROMPTS}; an empty line begins from nothing. Empty: from nothing, and two beginnings of validation texts.`}
      autosize
      minRows={2}
      maxRows={MOST_PROMPTS + 1}
      value={isTyped ? typed : textOfPrompts(prompts ?? [])}
      onChange={({ currentTarget: { value: next } }) => {
        setTyped(next);
        set(promptsOfText(next));
      }}
      error={error}
    />
  );
}
