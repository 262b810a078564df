// How many trials a sweep has, how many train together, and where it ends.
import { Group, NumberInput, Select, Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './sweep.module.css';
import { problemOf, type SweepForm } from './sweep-form.ts';

interface FieldsProps {
  readonly form: SweepForm;
  readonly onChange: (changes: Partial<SweepForm>) => void;
}

interface NumberFieldProps extends FieldsProps {
  readonly field: Parameters<typeof problemOf>[1];
  readonly label: string;
  readonly help?: string;
}

function NumberField({ form, onChange, field, label, help }: NumberFieldProps): ReactNode {
  return (
    <NumberInput
      label={label}
      description={help}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      min={0}
      clampBehavior="none"
      allowDecimal={field === 'minutes'}
      value={form[field]}
      onChange={(next) => onChange({ [field]: next })}
      error={problemOf(form, field)}
    />
  );
}

export function BudgetFields(props: FieldsProps) {
  return (
    <Group grow align="flex-start">
      <NumberField {...props} field="trials" label="Trials" />
      <NumberField
        {...props}
        field="batch"
        label="Chosen together"
        help="Each batch waits for the one before."
      />
      <NumberField
        {...props}
        field="repeat"
        label="Repeat the best"
        help="With other seeds, to show the noise."
      />
    </Group>
  );
}

export function MoreFields(props: FieldsProps & { readonly objectives: readonly string[] }) {
  const { form, onChange, objectives } = props;
  return (
    <details className={classes.more}>
      <summary>More settings</summary>
      <Group grow align="flex-start" mt="xs">
        <Select
          label="Objective"
          description="On the validation part."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={[...objectives]}
          value={form.objective}
          onChange={(next) => onChange({ objective: next ?? 'loss' })}
          allowDeselect={false}
        />
        <NumberField
          {...props}
          field="epochs"
          label="Epochs in total"
          help="No trial begins after them. Empty: no limit."
        />
        <NumberField
          {...props}
          field="minutes"
          label="Minutes of training"
          help="No trial begins after them. Empty: no limit."
        />
      </Group>
      <Group grow align="flex-start" mt="sm">
        <NumberField {...props} field="repeatSeeds" label="Seeds of a repeat" />
        <NumberField
          {...props}
          field="searchSeed"
          label="Seed of the search"
          help="The same seed chooses the same trials."
        />
        <Switch
          label="Refill"
          description="Begin the next trial as soon as one has ended."
          checked={form.refill}
          onChange={(event) => onChange({ refill: event.currentTarget.checked })}
        />
      </Group>
    </details>
  );
}
