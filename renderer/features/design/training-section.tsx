// The training section: length, optimizer, learning rate, and early stopping.
import { Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './design.module.css';
import { useField } from './draft-context.tsx';
import { OPTIMIZER_TEXTS, OPTIMIZERS, SCHEDULE_TEXTS, SCHEDULES } from './field-texts.ts';
import { ChoiceField, NumberField, SwitchField } from './fields.tsx';
import { OPTIMIZER_FIELDS, SCHEDULE_FIELDS } from './schema-fields.ts';
import { SchemaForm } from './schema-form.tsx';

export function TrainingFields() {
  return (
    <div className={classes.groups}>
      <div className={classes.fields}>
        <NumberField path="training.epochs" help="Times it sees the whole training part, at most." min={1} />
        <NumberField
          path="training.batchSize"
          help="Examples for one step: more are smoother, and fewer steps."
          min={1}
        />
        <NumberField
          path="training.checkpointEverySteps"
          help="In addition to the one at each epoch's end. A killed run resumes from the latest."
          min={1}
          unit="steps"
        />
        <span className={classes.newRow} />
        <SwitchField path="training.shuffle" help="The training examples in another order in each epoch." />
        <SwitchField
          path="training.probe"
          help="Records gradients, gates, heads and weights at ends of epochs, for the tab Inside. Changes no bit of the result."
        />
      </div>
      <Group title="Optimizer">
        <OptimizerFields />
      </Group>
      <Group title="Learning rate over time">
        <ScheduleFields />
      </Group>
      <Group title="Safeguards">
        <Safeguards />
      </Group>
    </div>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h3 className={classes.groupTitle}>{title}</h3>
      <div className={classes.fields}>{children}</div>
    </section>
  );
}

const choices = (texts: Readonly<Record<string, { readonly label: string }>>, kinds: Iterable<string>) =>
  [...kinds].map((value) => ({ value, label: texts[value]?.label ?? value }));

function OptimizerFields() {
  const { value, set } = useField('training.optimizer');
  const { kind = 'adam', learningRate } = (value ?? {}) as { kind?: string; learningRate?: unknown };
  return (
    <>
      <ChoiceField
        path="training.optimizer.kind"
        help={OPTIMIZERS[kind]?.help}
        data={choices(OPTIMIZERS, OPTIMIZER_FIELDS.keys())}
        onChange={(next) => set({ kind: next, learningRate })}
      />
      <SchemaForm
        key={kind}
        fields={OPTIMIZER_FIELDS.get(kind) ?? []}
        path="training.optimizer"
        texts={OPTIMIZER_TEXTS}
      />
    </>
  );
}

function ScheduleFields() {
  const { value, set } = useField('training.schedule');
  const { kind = 'constant' } = (value ?? {}) as { kind?: string };
  return (
    <>
      <ChoiceField
        path="training.schedule.kind"
        help={SCHEDULES[kind]?.help}
        data={choices(SCHEDULES, SCHEDULE_FIELDS.keys())}
        onChange={(next) => set({ kind: next })}
      />
      <SchemaForm
        key={kind}
        fields={SCHEDULE_FIELDS.get(kind) ?? []}
        path="training.schedule"
        texts={SCHEDULE_TEXTS}
      />
      <NumberField
        path="training.warmupSteps"
        help="It rises linearly from 0 over this many steps."
        min={0}
        unit="steps"
      />
    </>
  );
}

function Safeguards() {
  const stopping = useField('training.earlyStopping');
  const clipping = useField('training.clipNorm');
  return (
    <>
      <NullableSwitch
        label="Clip gradients"
        help="Keeps single steps from being too long."
        isOn={clipping.value !== null}
        onChange={(on) => clipping.set(on ? 1 : null)}
      />
      {clipping.value !== null && (
        <NumberField
          path="training.clipNorm"
          help="A longer gradient is cut to this norm, so that one odd batch cannot throw it off."
          step={0.1}
        />
      )}
      <NullableSwitch
        label="Stop early"
        help="Keeps the best epoch and stops when none better comes. Without it the best is kept all the same."
        isOn={stopping.value !== null}
        onChange={(on) => stopping.set(on ? { patience: 5 } : null)}
        startsRow
      />
      {stopping.value !== null && (
        <>
          <NumberField
            path="training.earlyStopping.patience"
            help="Ends after this many epochs without a better validation loss."
            min={1}
            unit="epochs"
          />
          <NumberField
            path="training.earlyStopping.minDelta"
            help="What counts as better: a validation loss lower by more than this."
            step={0.001}
            min={0}
          />
        </>
      )}
    </>
  );
}

interface NullableSwitchProps {
  readonly label: string;
  readonly help: string;
  readonly isOn: boolean;
  readonly onChange: (on: boolean) => void;
  readonly startsRow?: boolean;
}

function NullableSwitch({ label, help, isOn, onChange, startsRow = false }: NullableSwitchProps) {
  return (
    <Switch
      label={label}
      description={help}
      checked={isOn}
      onChange={(event) => onChange(event.currentTarget.checked)}
      className={startsRow ? classes.startsRow : undefined}
    />
  );
}
