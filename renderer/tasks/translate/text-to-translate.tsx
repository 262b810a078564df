// The field for a text that is translated while it is typed.
import { Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';

const SETTLED_MS = 200;

/** `settled`: the text when typing has paused. */
export function useTextToTranslate(label: string): { readonly field: ReactNode; readonly settled: string } {
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text, SETTLED_MS);
  const field = (
    <Textarea
      aria-label={label}
      placeholder="Type or paste a text"
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      autosize
      minRows={1}
      maxRows={6}
    />
  );
  return { field, settled };
}
