// Draws the fields of a schema: numbers and choices first, then switches.
import { Switch } from '@mantine/core';
import classes from './design.module.css';
import { useField } from './draft-context.tsx';
import { type FieldText, FRESH_GROUPS, WORDS } from './field-texts.ts';
import { ChoiceField, NumberField, SwitchField } from './fields.tsx';
import type { SchemaField } from './schema-fields.ts';

interface SchemaFormProps {
  readonly fields: readonly SchemaField[];
  /** Of what has the fields: `model`. */
  readonly path: string;
  readonly texts: Readonly<Record<string, FieldText>>;
}

const SWITCHES = 2;

/** The size of a model before its finer points; what is switched on and off last. */
function rankOf({ name, type }: SchemaField): number {
  if (type === 'group') return SWITCHES + 1;
  if (type === 'switch') return SWITCHES;
  return name === 'units' || name === 'layers' ? 0 : 1;
}

export function SchemaForm({ fields, path, texts }: SchemaFormProps) {
  const ordered = fields.toSorted((a, b) => rankOf(a) - rankOf(b));
  const values = ordered.filter((field) => rankOf(field) < SWITCHES);
  const switches = ordered.filter((field) => rankOf(field) >= SWITCHES);
  return (
    <>
      {values.map((field) => (
        <OneField key={field.name} field={field} path={path} texts={texts} name={field.name} />
      ))}
      {switches.length > 0 && values.length > 1 && <span className={classes.newRow} />}
      {switches.map((field) =>
        field.type === 'group' ? (
          <GroupField key={field.name} field={field} path={path} texts={texts} />
        ) : (
          <OneField key={field.name} field={field} path={path} texts={texts} name={field.name} />
        ),
      )}
    </>
  );
}

interface OneFieldProps extends Omit<SchemaFormProps, 'fields'> {
  readonly field: SchemaField;
  /** Under which the text is found. */
  readonly name: string;
}

function OneField({ field, path, texts, name }: OneFieldProps) {
  const { type, words } = field;
  const { label, help, step = 0.1 } = texts[name] ?? { label: name, help: '' };
  const common = { path: `${path}.${field.name}`, label, help };
  if (type === 'choice')
    return <ChoiceField {...common} data={words.map((value) => ({ value, label: WORDS[value] ?? value }))} />;
  if (type === 'switch') return <SwitchField {...common} />;
  return <NumberField {...common} step={type === 'whole' ? 1 : step} nullable={field.nullable} />;
}

/** Fields that are there together or not at all. */
function GroupField({ field, path, texts }: Omit<OneFieldProps, 'name'>) {
  const { name, fields } = field;
  const { value, set } = useField(`${path}.${name}`);
  const { label, help } = texts[name] ?? { label: name, help: '' };
  const isOn = value !== null && value !== undefined;
  return (
    <>
      <Switch
        label={label}
        description={help}
        checked={isOn}
        onChange={(event) => set(event.currentTarget.checked ? FRESH_GROUPS[name] : null)}
        className={isOn ? classes.startsRow : undefined}
      />
      {isOn &&
        fields.map((part) => (
          <OneField
            key={part.name}
            field={part}
            path={`${path}.${name}`}
            texts={texts}
            name={`${name}.${part.name}`}
          />
        ))}
    </>
  );
}
