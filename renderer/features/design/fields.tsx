// Form fields by their path in the experiment: each with one sentence of explanation and its problem, if it has one.
import { MultiSelect, NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { numberOf, sameNumber } from '../../ui/typed-number.ts';
import classes from './design.module.css';
import { useField } from './draft-context.tsx';
import { fieldLabel } from './field-texts.ts';

export const labelOf = (path: string): string => fieldLabel(path) ?? path;

/** A dot marks what differs from the default; the head of its fold says so in words. */
export function marked(label: string, isChanged: boolean): ReactNode {
  if (!isChanged) return label;
  return (
    <>
      {label}
      <span className={classes.changedMark} title="Changed from the default" aria-hidden />
    </>
  );
}

interface FieldProps {
  readonly path: string;
  /** Default: what the field of this path is called. */
  readonly label?: string;
  readonly help?: ReactNode;
}

interface TextFieldProps extends FieldProps {
  /** Optional: an empty field removes the key. */
  readonly optional?: boolean;
}

export function TextField({ path, label = labelOf(path), help, optional = false }: TextFieldProps) {
  const { value, set, error, isChanged } = useField(path);
  return (
    <TextInput
      data-field={path}
      label={marked(label, isChanged)}
      description={help}
      value={String(value ?? '')}
      onChange={({ currentTarget: { value: next } }) => set(optional && next === '' ? undefined : next)}
      error={error}
    />
  );
}

interface NumberFieldProps extends FieldProps {
  readonly step?: number;
  readonly min?: number;
  readonly unit?: string;
  /** Optional: an empty field removes the key. */
  readonly optional?: boolean;
  /** An empty field is null, which has a meaning. */
  readonly nullable?: boolean;
}

export function NumberField({
  path,
  label = labelOf(path),
  help,
  step = 1,
  min,
  unit,
  optional = false,
  nullable = false,
}: NumberFieldProps) {
  const { value, set, error, isChanged } = useField(path);
  // As it is typed: `0.` is on its way to 0.5.
  const [typed, setTyped] = useState<string | number>('');
  return (
    <NumberInput
      data-field={path}
      label={marked(unit === undefined ? label : `${label}, ${unit}`, isChanged)}
      description={help}
      value={sameNumber(typed, value) ? typed : typeof value === 'number' ? value : ''}
      // Where neither absence nor null is allowed, an empty field stays empty and the check says what is wanted.
      onChange={(next) => {
        setTyped(next);
        set(numberOf(next) ?? (optional ? undefined : nullable ? null : ''));
      }}
      error={error}
      step={step}
      {...(min === undefined ? {} : { min })}
      decimalScale={10}
      clampBehavior="none"
    />
  );
}

interface ChoiceFieldProps extends FieldProps {
  readonly data: readonly (string | { readonly value: string; readonly label: string })[];
  readonly onChange?: (value: string) => void;
  /** What it means that the experiment leaves the field out. */
  readonly unset?: string;
}

export function ChoiceField({ path, label = labelOf(path), help, data, onChange, unset }: ChoiceFieldProps) {
  const { value, set, error, isChanged } = useField(path);
  return (
    <Select
      data-field={path}
      label={marked(label, isChanged)}
      description={help}
      data={[...data]}
      value={value === undefined || value === null ? (unset ?? null) : String(value)}
      onChange={(next) => next !== null && (onChange ?? set)(next)}
      error={error}
      allowDeselect={false}
    />
  );
}

interface ColumnsFieldProps extends FieldProps {
  readonly data: readonly (string | { readonly value: string; readonly label: string })[];
  /** The meaning of no column. */
  readonly none?: string;
  readonly onChange?: (value: readonly string[]) => void;
}

export function ColumnsField({
  path,
  label = labelOf(path),
  help,
  data,
  none = '',
  onChange,
}: ColumnsFieldProps) {
  const { value, set, error, isChanged } = useField(path);
  const chosen = Array.isArray(value) ? value.map(String) : [];
  const known = new Set(data.map((one) => (typeof one === 'string' ? one : one.value)));
  const unknown = [...new Set(chosen)].filter((one) => !known.has(one));
  return (
    <MultiSelect
      data-field={path}
      label={marked(label, isChanged)}
      description={help}
      data={[...data, ...unknown]}
      value={chosen}
      onChange={(next) => {
        if (onChange) onChange(next);
        else set(next.length === 0 && none !== '' ? undefined : next);
      }}
      placeholder={chosen.length === 0 ? none : ''}
      error={error}
      size="xs"
      searchable
      hidePickedOptions
    />
  );
}

export function SwitchField({ path, label = labelOf(path), help }: FieldProps) {
  const { value, set, error, isChanged } = useField(path);
  return (
    <Switch
      data-field={path}
      label={marked(label, isChanged)}
      description={help}
      checked={value === true}
      onChange={(event) => set(event.currentTarget.checked)}
      error={error}
    />
  );
}
