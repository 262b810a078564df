// Columns that an import derives from others: a list, and a line that adds one.
import { Button, NumberInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import {
  CALENDAR_FORMS,
  type CleanOptions,
  type DerivedColumn,
  type DerivedForm,
} from '../../../engine/contract/datasets/clean.ts';
import { plural } from '../../ui/format.ts';
import classes from './data.module.css';

const FORMS: { readonly [Form in DerivedForm]: string } = {
  lag: 'Value some rows before',
  difference: 'Difference to some rows before',
  'log-return': 'Log return over some rows',
  mean: 'Moving mean',
  std: 'Moving standard deviation',
  min: 'Moving smallest',
  max: 'Moving largest',
  hour: 'Hour of the day',
  weekday: 'Day of the week, Monday 0',
  month: 'Month',
  'day-of-year': 'Day of the year',
};
const isCalendar = (form: DerivedForm): boolean => CALENDAR_FORMS.some((one) => one === form);

interface Props {
  readonly clean: CleanOptions;
  readonly onChange: (clean: CleanOptions) => void;
  /** Of numbers. */
  readonly columns: readonly string[];
}

export function DerivedColumns({ clean, onChange, columns }: Props) {
  const derived = clean.derive ?? [];
  function set(next: readonly DerivedColumn[]): void {
    const { derive: _, ...rest } = clean;
    onChange(next.length > 0 ? { ...rest, derive: [...next] } : rest);
  }
  return (
    <details>
      <summary>
        Derived columns{derived.length > 0 && `: ${derived.map(({ name }) => name).join(', ')}`}
      </summary>
      <div className={classes.stack} style={{ paddingTop: 8 }}>
        {derived.map((one) => (
          <div key={one.name} className={classes.toolbar}>
            <span>
              {one.name}: {FORMS[one.form].toLowerCase()}
              {one.column && ` of ${one.column}`}
              {!isCalendar(one.form) && `, ${plural(one.rows ?? 1, 'row')}`}
            </span>
            <Button
              variant="subtle"
              size="compact-xs"
              onClick={() => set(derived.filter((other) => other !== one))}
            >
              Remove {one.name}
            </Button>
          </div>
        ))}
        <AddColumn columns={columns} onAdd={(one) => set([...derived, one])} />
      </div>
    </details>
  );
}

interface AddProps {
  readonly columns: readonly string[];
  readonly onAdd: (column: DerivedColumn) => void;
}

function AddColumn({ columns, onAdd }: AddProps) {
  const [form, setForm] = useState<DerivedForm>('difference');
  const [chosen, setColumn] = useState<string | null>(null);
  const [rows, setRows] = useState(1);
  const [typed, setName] = useState('');
  const column = chosen ?? columns[0];
  const suggested = isCalendar(form) ? form : `${column ?? ''} ${form} ${rows}`;
  const name = typed.trim() || suggested;
  const calendar = isCalendar(form);
  const add = () => {
    onAdd({ name, form, ...(calendar || column === undefined ? {} : { column, rows }) });
    setName('');
  };
  return (
    <div className={classes.toolbar} style={{ alignItems: 'end' }}>
      <Select
        label="Form"
        data={Object.entries(FORMS).map(([value, label]) => ({ value, label }))}
        value={form}
        onChange={(next) => next !== null && setForm(next as DerivedForm)}
        allowDeselect={false}
        w={230}
      />
      {!calendar && (
        <>
          <Select
            label="Of the column"
            data={[...columns]}
            value={column ?? null}
            onChange={setColumn}
            searchable
            w={160}
          />
          <NumberInput
            label="Over rows"
            value={rows}
            onChange={(next) => typeof next === 'number' && next >= 1 && setRows(Math.trunc(next))}
            min={1}
            max={10_000}
            w={100}
          />
        </>
      )}
      <TextInput
        label="Name of the new column"
        placeholder={suggested}
        value={typed}
        onChange={(event) => setName(event.currentTarget.value)}
        w={190}
      />
      <Button variant="default" disabled={!calendar && column === undefined} onClick={add}>
        Add the column
      </Button>
    </div>
  );
}
