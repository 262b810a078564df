// The options of an import: corrects what was detected, or states what could not be detected.
import { Autocomplete, Select, TextInput } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { ImportOptions, Recipe } from '../../../engine/contract/datasets/dataset.ts';
import classes from './data.module.css';

interface Props {
  readonly options: ImportOptions;
  readonly onChange: (options: ImportOptions) => void;
  /** Of the file, as far as they are known. */
  readonly columns: readonly string[];
  /** What was found; undefined where nothing could be. */
  readonly recipe: Recipe | undefined;
  /** It can be read as a text too. */
  readonly mayBeText: boolean;
}

const DETECTED = 'auto';

const SEPARATORS: Readonly<Record<string, string>> = {
  ',': 'Comma',
  ';': 'Semicolon',
  '\t': 'Tab',
  '|': 'Vertical bar',
};

/** `times-in-header` -> `times in header` */
const shapeName = (recipe: Recipe | undefined): string | undefined =>
  recipe && (recipe.shape ?? 'one row a time').replaceAll('-', ' ');

/** `Detected: long`; only `Detected` where nothing was found, or the user chose something else. */
const detected = (found: string | undefined): string => (found ? `Detected: ${found}` : 'Detected');

export function ImportReading({ options, onChange, columns, recipe, mayBeText }: Props) {
  const set = (key: Exclude<keyof ImportOptions, 'missing'>, value: string | number | null) => {
    const { [key]: _, ...rest } = options;
    onChange(value ? { ...rest, [key]: value } : rest);
  };
  const setMissing = (text: string) => {
    const { missing: _, ...rest } = options;
    const missing = wordsOf(text);
    onChange(missing.length > 0 ? { ...rest, missing } : rest);
  };
  return (
    <div className={classes.readingFields}>
      <ReadAs
        value={options.as}
        found={recipe && 'series'}
        mayBeText={mayBeText}
        onChange={(as) => onChange({ ...options, as })}
      />
      <ColumnField
        label="Time column"
        columns={columns}
        value={options.timeColumn ?? ''}
        placeholder={recipe?.timeColumn ?? 'Detected'}
        onCommit={(column) => set('timeColumn', column)}
      />
      <TypedField
        label="Time format"
        placeholder="Detected, or %d.%m.%Y"
        value={options.timeFormat ?? ''}
        onCommit={(text) => set('timeFormat', text)}
      />
      <TypedField
        label="Time zone"
        placeholder="UTC"
        value={options.timeZone ?? ''}
        onCommit={(text) => set('timeZone', text)}
      />
      <Select
        label="Layout"
        data={[
          { value: DETECTED, label: detected(options.layout ? undefined : recipe?.layout) },
          { value: 'wide', label: 'Wide: one series' },
          { value: 'long', label: 'Long: several series, one below the other' },
        ]}
        value={options.layout ?? DETECTED}
        onChange={(layout) => set('layout', layout === DETECTED ? null : layout)}
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
          {
            value: DETECTED,
            label: detected(
              options.delimiter ? undefined : SEPARATORS[recipe?.delimiter ?? '']?.toLowerCase(),
            ),
          },
          ...Object.entries(SEPARATORS).map(([value, label]) => ({ value, label })),
        ]}
        value={options.delimiter ?? DETECTED}
        onChange={(delimiter) => set('delimiter', delimiter === DETECTED ? null : delimiter)}
        allowDeselect={false}
      />
      <Select
        label="Shape of the table"
        data={[
          { value: DETECTED, label: detected(options.reshape ? undefined : shapeName(recipe)) },
          { value: 'none', label: 'As it stands' },
          { value: 'steps', label: 'No times: its rows are steps' },
        ]}
        value={options.reshape ?? DETECTED}
        onChange={(reshape) => set('reshape', reshape === DETECTED ? null : reshape)}
        allowDeselect={false}
      />
      <Select
        label="Decimal sign"
        data={[
          { value: DETECTED, label: 'Detected' },
          { value: '.', label: 'Dot' },
          { value: ',', label: 'Comma' },
        ]}
        value={options.decimal ?? DETECTED}
        onChange={(decimal) => set('decimal', decimal === DETECTED ? null : decimal)}
        allowDeselect={false}
      />
      <TypedField
        label="Header line"
        placeholder="Detected; its number; 0: none"
        value={options.headerLine?.toString() ?? ''}
        onCommit={(text) => set('headerLine', lineOf(text))}
      />
      <TypedField
        label="Sheet or file"
        placeholder="Detected, or its name"
        value={options.part ?? ''}
        onCommit={(text) => set('part', text)}
      />
      <TypedField
        label="Encoding"
        placeholder="Detected, or cp1251"
        value={options.encoding ?? ''}
        onCommit={(text) => set('encoding', text)}
      />
      <TypedField
        label="Missing values"
        placeholder="e.g. -999"
        value={options.missing?.join(', ') ?? ''}
        onCommit={setMissing}
      />
    </div>
  );
}

interface ReadAsProps {
  readonly value: ImportOptions['as'];
  readonly found: string | undefined;
  /** It is a file of text alone, or may be one. */
  readonly mayBeText: boolean;
  readonly onChange: (as: ImportOptions['as']) => void;
}

const READINGS = ['series', 'samples', 'frames', 'text', 'lines'] as const;

/** Rows over time, or rows that each stand for themselves. */
export function ReadAs({ value, found, mayBeText, onChange }: ReadAsProps) {
  return (
    <Select
      label="Read as"
      data={[
        { value: DETECTED, label: detected(value ? undefined : found) },
        { value: 'series', label: 'Series over time' },
        { value: 'samples', label: 'Samples with labels' },
        { value: 'frames', label: 'Videos: GIFs, folders of frames' },
        ...(mayBeText
          ? [
              { value: 'text', label: 'One text: the whole file' },
              { value: 'lines', label: 'Texts: one in each line' },
            ]
          : []),
      ]}
      value={value ?? DETECTED}
      onChange={(as) => onChange(READINGS.find((one) => one === as))}
      allowDeselect={false}
    />
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly onCommit: (text: string) => void;
}

/** Null for what counts no line. */
const lineOf = (text: string): number | null => (/^(0|[1-9]\d{0,5})$/.test(text) ? Number(text) : null);

const wordsOf = (text: string): string[] =>
  text
    .split(/[,;]/)
    .map((word) => word.trim())
    .filter(Boolean);

/** Milliseconds after the last letter at which the file is read again; each letter would be too often. */
const SETTLED_MS = 500;

/** The typed text takes effect after a pause, on leaving the field, or on Enter, which does not submit the form. */
function useTyped(value: string, onCommit: (text: string) => void) {
  const [text, setText] = useState(value);
  const [before, setBefore] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  if (before !== value) {
    // It was changed elsewhere.
    setBefore(value);
    if (wordsOf(text).join() !== wordsOf(value).join()) setText(value);
  }
  const latest = useRef(onCommit);
  useEffect(() => {
    latest.current = onCommit;
  });
  const commit = (next: string): boolean => {
    clearTimeout(timer.current);
    const changed = next.trim() !== value;
    if (changed) latest.current(next.trim());
    return changed;
  };
  const type = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => latest.current(next.trim()), SETTLED_MS);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && commit(text)) event.preventDefault();
  };
  return { text, type, commit, onKeyDown, onBlur: () => commit(text) };
}

function TypedField({ label, value, placeholder, onCommit }: FieldProps) {
  const { text, type, onKeyDown, onBlur } = useTyped(value, onCommit);
  return (
    <TextInput
      label={label}
      placeholder={placeholder}
      value={text}
      onChange={(event) => type(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      onBlur={onBlur}
    />
  );
}

interface ColumnFieldProps extends FieldProps {
  readonly columns: readonly string[];
}

/** A column by name: one of the file's, or typed where they are not known. */
export function ColumnField({ label, columns, value, placeholder, onCommit }: ColumnFieldProps) {
  const { text, type, commit, onKeyDown, onBlur } = useTyped(value, onCommit);
  return (
    <Autocomplete
      label={label}
      data={[...new Set(columns)]}
      value={text}
      placeholder={placeholder}
      onChange={type}
      onOptionSubmit={commit}
      onKeyDown={onKeyDown}
      onBlur={onBlur}
    />
  );
}
