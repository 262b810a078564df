// A sweep over the experiment that is being designed: which fields take which values, how they are chosen, and how many trials there are.
import { Button, Select, TextInput, Tooltip } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Experiment } from '../../../engine/contract/experiment/experiment.ts';
import { RANGE_FORMS, readRange } from '../../../engine/words/ranges.ts';
import { decides, metricInfo } from '../../../engine/words/scores/metric-info.ts';
import { METHOD_CHOICES, STOPPER_CHOICES } from '../../../engine/words/search-options.ts';
import { hrefOf, navigate } from '../../app/router.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { usePlace } from '../../engine/pool.ts';
import { useCatalogue } from '../../engine/use-catalogue.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { attempt } from '../../ui/messages.tsx';
import type { Draft } from '../design/draft.ts';
import { BudgetFields, MoreFields } from './budget-fields.tsx';
import { SearchChoices } from './search-choice.tsx';
import { FIRST_FIELD, type SearchField, searchFields } from './space-suggestion.ts';
import classes from './sweep.module.css';
import { isSound, NEW_SWEEP, planOf, type SweepForm } from './sweep-form.ts';

interface NewSweepDialogProps {
  readonly draft: Draft;
  /** The draft with all that it leaves out. */
  readonly experiment: Experiment;
  readonly onClose: () => void;
}

interface Row {
  readonly key: number;
  readonly path: string;
  readonly range: string;
}

export function NewSweepDialog({ draft, experiment, onClose }: NewSweepDialogProps) {
  const engine = useEngine();
  const { place: on } = usePlace();
  const fields = searchFields(experiment);
  const [rows, setRows] = useState<readonly Row[]>(() => [rowOf(1, firstOf(fields))]);
  const [form, setForm] = useState<SweepForm>(NEW_SWEEP);
  const catalogue = useCatalogue();
  const change = (key: number, changes: Partial<Row>) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...changes } : row)));
  const unused = fields.find(({ path }) => !rows.some((row) => row.path === path));
  const isReady =
    isSound(form) && rows.length > 0 && rows.every(({ range }) => typeof readRange(range) !== 'string');
  const changeForm = (changes: Partial<SweepForm>) => setForm({ ...form, ...changes });
  const metrics = experiment.task.metrics.filter((metric) => decides(metricInfo(catalogue, metric)));
  async function start(): Promise<void> {
    const space = Object.fromEntries(rows.map(({ path, range }) => [path, readRange(range)]));
    const plan = planOf(form, space);
    const study = await attempt(() => engine.studies.start({ configuration: draft, plan, on }));
    if (study) navigate(hrefOf(['runs', `s${study.id}`]));
  }
  return (
    <FormDialog
      title="New sweep"
      size="lg"
      words={`Trains this experiment again and again with other values of the fields below, chosen by what the trials before reached on the validation part. A range is ${RANGE_FORMS}.${on === 'pool' ? ' The trials train on the pool.' : ''}`}
      action="Start the sweep"
      isReady={isReady}
      submit={start}
      onClose={onClose}
    >
      {rows.map((row, index) => (
        <SpaceRow
          key={row.key}
          row={row}
          number={index + 1}
          fields={fields.filter(
            ({ path }) => path === row.path || !rows.some((other) => other.path === path),
          )}
          onChange={(changes) => change(row.key, changes)}
          onRemove={rows.length > 1 ? () => setRows(rows.filter(({ key }) => key !== row.key)) : null}
        />
      ))}
      <div>
        <Button
          size="compact-sm"
          variant="default"
          disabled={unused === undefined}
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => setRows([...rows, rowOf(Math.max(0, ...rows.map(({ key }) => key)) + 1, unused)])}
        >
          Add a field
        </Button>
      </div>
      <SearchChoices
        label="Method"
        choices={METHOD_CHOICES}
        form={form}
        chosen={form.method}
        onChoose={(method) => changeForm({ method })}
        onOptions={(options) => changeForm({ options })}
      />
      <SearchChoices
        label="Early stopping of trials"
        choices={STOPPER_CHOICES}
        form={form}
        chosen={form.stopper}
        onChoose={(stopper) => changeForm({ stopper })}
        onOptions={(options) => changeForm({ options })}
      />
      <BudgetFields form={form} onChange={changeForm} />
      <MoreFields form={form} onChange={changeForm} objectives={['loss', ...metrics]} />
    </FormDialog>
  );
}

const firstOf = (fields: readonly SearchField[]): SearchField | undefined =>
  fields.find(({ path }) => path === FIRST_FIELD) ?? fields[0];

const rowOf = (key: number, field: SearchField | undefined): Row => ({
  key,
  path: field?.path ?? '',
  range: field?.range ?? '',
});

interface SpaceRowProps {
  readonly row: Row;
  readonly number: number;
  readonly fields: readonly SearchField[];
  readonly onChange: (changes: Partial<Row>) => void;
  readonly onRemove: (() => void) | null;
}

function SpaceRow({ row, number, fields, onChange, onRemove }: SpaceRowProps) {
  const range = readRange(row.range);
  return (
    <div className={classes.spaceRow}>
      <Select
        aria-label={`Field ${number}`}
        data={fields.map(({ path, label }) => ({ value: path, label }))}
        value={row.path}
        searchable
        allowDeselect={false}
        onChange={(path) => {
          const field = fields.find((one) => one.path === path);
          if (field) onChange({ path: field.path, range: field.range });
        }}
      />
      <TextInput
        aria-label={`Range of field ${number}`}
        value={row.range}
        error={typeof range === 'string' ? range : undefined}
        onChange={(event) => onChange({ range: event.currentTarget.value })}
      />
      <Tooltip label="Leave this field as it is">
        <Button
          variant="subtle"
          color="gray"
          px={8}
          aria-label={`Remove field ${number}`}
          disabled={onRemove === null}
          onClick={() => onRemove?.()}
        >
          <IconTrash size={15} aria-hidden />
        </Button>
      </Tooltip>
    </div>
  );
}
