// How a file is to be read: what was detected can be put right, also where nothing could be detected.
import { Autocomplete, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ImportOptions, Recipe } from '../../../engine/contract/dataset.ts';
import classes from './data.module.css';

interface Props {
  readonly options: ImportOptions;
  readonly onChange: (options: ImportOptions) => void;
  /** Of the file, as far as they are known. */
  readonly columns: readonly string[];
  /** What was found; undefined where nothing could be. */
  readonly recipe: Recipe | undefined;
}

const DETECTED = 'auto';

export function ImportReading({ options, onChange, columns, recipe }: Props) {
  const set = (key: Exclude<keyof ImportOptions, 'missing'>, value: string | null) => {
    const { [key]: _, ...rest } = options;
    onChange(value ? { ...rest, [key]: value } : rest);
  };
  const setMissing = (text: string) => {
    const { missing: _, ...rest } = options;
    const missing = text.split(/[,;\s]+/).filter(Boolean);
    onChange(missing.length > 0 ? { ...rest, missing } : rest);
  };
  return (
    <div className={classes.readingFields}>
      <ColumnField
        label="Time column"
        columns={columns}
        value={options.timeColumn ?? ''}
        placeholder={recipe?.timeColumn ?? 'Detected'}
        onCommit={(column) => set('timeColumn', column)}
      />
      <TextInput
        label="Form of the times"
        placeholder="Detected; %d.%m.%Y"
        defaultValue={options.timeFormat ?? ''}
        onBlur={(event) => set('timeFormat', event.currentTarget.value.trim())}
      />
      <TextInput
        label="Time zone"
        placeholder="UTC"
        defaultValue={options.timeZone ?? ''}
        onBlur={(event) => set('timeZone', event.currentTarget.value.trim())}
      />
      <Select
        label="Layout"
        data={[
          { value: 'auto', label: 'As detected' },
          { value: 'wide', label: 'One series' },
          { value: 'long', label: 'Several series, one below the other' },
        ]}
        value={options.layout ?? 'auto'}
        onChange={(layout) => set('layout', layout === 'auto' ? null : layout)}
        allowDeselect={false}
      />
      <ColumnField
        label="Series column"
        columns={columns}
        value={options.seriesColumn ?? ''}
        placeholder={recipe?.seriesColumn ?? 'None'}
        onCommit={(column) => set('seriesColumn', column)}
      />
      <Select
        label="Separator"
        data={[
          { value: DETECTED, label: 'As detected' },
          { value: ',', label: 'Comma' },
          { value: ';', label: 'Semicolon' },
          { value: '\t', label: 'Tab' },
          { value: '|', label: 'Bar' },
        ]}
        value={options.delimiter ?? DETECTED}
        onChange={(delimiter) => set('delimiter', delimiter === DETECTED ? null : delimiter)}
        allowDeselect={false}
      />
      <TextInput
        label="Missing values"
        placeholder="Beside NA and ?: -999"
        key={options.missing?.join()}
        defaultValue={options.missing?.join(', ') ?? ''}
        onBlur={(event) => setMissing(event.currentTarget.value)}
      />
    </div>
  );
}

interface ColumnFieldProps {
  readonly label: string;
  readonly columns: readonly string[];
  readonly value: string;
  readonly placeholder: string;
  readonly onCommit: (column: string) => void;
}

/** A column by name: one of the file's, or typed where they are not known. Each letter would read the file again. */
function ColumnField({ label, columns, value, placeholder, onCommit }: ColumnFieldProps) {
  const [text, setText] = useState(value);
  return (
    <Autocomplete
      label={label}
      data={[...new Set(columns)]}
      value={text}
      placeholder={placeholder}
      onChange={setText}
      onOptionSubmit={onCommit}
      onBlur={() => {
        if (text.trim() !== value) onCommit(text.trim());
      }}
    />
  );
}
