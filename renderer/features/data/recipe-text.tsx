// The options of an import as JSON: all that a recipe may say, also what has no field of its own.
import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { type ImportOptions, ImportOptionsSchema } from '../../../engine/contract/datasets/dataset.ts';
import { optionsOfText } from './recipe-options.ts';

interface Props {
  readonly options: ImportOptions;
  readonly onChange: (options: ImportOptions) => void;
}

export function RecipeText({ options, onChange }: Props) {
  const shown = JSON.stringify(options, null, 2);
  // What is being typed; null: what the fields say.
  const [typed, setTyped] = useState<string | null>(null);
  const { problem, options: next } = optionsOfText(typed ?? shown);
  function commit(): void {
    if (next === null) return;
    setTyped(null);
    if (JSON.stringify(next) !== JSON.stringify(ImportOptionsSchema.parse(options))) onChange(next);
  }
  return (
    <details>
      <summary>Recipe as JSON</summary>
      <Textarea
        aria-label="Recipe as JSON"
        value={typed ?? shown}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={commit}
        error={problem}
        autosize
        minRows={3}
        maxRows={14}
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      />
    </details>
  );
}
