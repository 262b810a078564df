// The pipeline editor: the steps in order, each with an explanation.
import { ActionIcon, Button, Menu, MultiSelect, Select } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import type { PipelineStep } from '../../../engine/contract/experiment/pipeline.ts';
import { ErrorMessage } from '../../ui/messages.tsx';
import classes from './design.module.css';
import { withStep, withValue } from './draft.ts';
import { useDraft, useField } from './draft-context.tsx';

interface StepKind {
  readonly label: string;
  readonly help: string;
  readonly fresh: Readonly<Record<string, unknown>>;
  readonly choice?: { readonly key: string; readonly data: readonly { value: string; label: string }[] };
}

const SCOPE = {
  key: 'scope',
  data: [
    { value: 'series', label: 'Each series by its own' },
    { value: 'all', label: 'All series together' },
  ],
};

const KINDS: Readonly<Record<PipelineStep['step'], StepKind>> = {
  fill: {
    label: 'Fill',
    help: 'Gives missing inputs a value. Missing targets stay missing and are never scored.',
    fresh: { step: 'fill', method: 'forward' },
    choice: {
      key: 'method',
      data: [
        { value: 'forward', label: 'Last value before' },
        { value: 'mean', label: 'Mean of the training part' },
        { value: 'zero', label: 'Zero' },
      ],
    },
  },
  log: {
    label: 'Logarithm',
    help: 'For positive columns that grow by shares, such as prices.',
    fresh: { step: 'log' },
  },
  'one-hot': {
    label: 'One-hot',
    help: 'A category column becomes one input of 0 or 1 for each category.',
    fresh: { step: 'one-hot' },
  },
  standardize: {
    label: 'Standardize',
    help: 'Mean 0 and deviation 1, by the training part.',
    fresh: { step: 'standardize', scope: 'series' },
    choice: SCOPE,
  },
  'min-max': {
    label: 'Scale to 0 … 1',
    help: 'By the smallest and largest value of the training part.',
    fresh: { step: 'min-max', scope: 'series' },
    choice: SCOPE,
  },
  robust: {
    label: 'Scale robustly',
    help: 'Median 0 and distance of the quartiles 1, by the training part: a few far values move neither.',
    fresh: { step: 'robust', scope: 'series' },
    choice: SCOPE,
  },
  clip: {
    label: 'Clip',
    help: 'Inputs beyond the outermost 0.5 % of the training part become its border. Targets are never clipped.',
    fresh: { step: 'clip' },
  },
  'missing-indicator': {
    label: 'Missing indicator',
    help: 'An input of 0 or 1 beside each input that lacks values: 1 where the value is missing, also where it is filled.',
    fresh: { step: 'missing-indicator' },
  },
  'subtract-last': {
    label: 'Subtract the last value',
    help: 'The model forecasts changes from the last known row; it belongs at the end.',
    fresh: { step: 'subtract-last' },
  },
  revin: {
    label: 'Normalize each window',
    help: 'RevIN: each window by its own mean and deviation, and the forecast put back, so that level and size do not matter; it belongs at the end, instead of subtracting the last value.',
    fresh: { step: 'revin' },
  },
  difference: {
    label: 'Difference',
    help: 'The model reads changes from row to row, in units of their usual size, and forecasts changes from the last known row, which are put back; it belongs at the end, instead of subtracting the last value.',
    fresh: { step: 'difference' },
  },
};

/** `Fill, Standardize, Subtract the last value` */
export const stepLabels = (steps: readonly PipelineStep[]): string =>
  steps.length === 0 ? 'No step' : steps.map(({ step }) => KINDS[step].label).join(', ');

type DraftStep = Readonly<Record<string, unknown>>;

export function PipelineEditor() {
  const { value, set, error } = useField('pipeline');
  const { draft, replaceDraft } = useDraft();
  const steps = Array.isArray(value) ? (value as DraftStep[]) : [];
  const replace = (position: number, step: DraftStep) =>
    set(steps.map((old, index) => (index === position ? step : old)));
  const move = (position: number, by: number) => {
    const next = [...steps];
    const [step] = next.splice(position, 1);
    if (step) next.splice(position + by, 0, step);
    set(next);
  };
  return (
    <>
      {steps.map((step, position) => (
        <StepRow
          // biome-ignore lint/suspicious/noArrayIndexKey: steps are their positions
          key={position}
          step={step}
          index={position}
          last={position === steps.length - 1}
          onChange={(next) => replace(position, next)}
          onMove={(by) => move(position, by)}
          onRemove={() => {
            const rest = steps.filter((_, index) => index !== position);
            replaceDraft(withValue(draft, 'pipeline', rest), 'The step was removed.');
          }}
        />
      ))}
      {error && <ErrorMessage error={new Error(error)} />}
      <Menu position="bottom-start">
        <Menu.Target>
          <Button variant="default" mt="xs" leftSection={<IconPlus size={14} aria-hidden />}>
            Add a step
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {Object.entries(KINDS).map(([name, { label, fresh }]) => (
            <Menu.Item key={name} onClick={() => set(withStep(steps, fresh))}>
              {label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

interface StepRowProps {
  readonly step: DraftStep;
  readonly index: number;
  readonly last: boolean;
  readonly onChange: (step: DraftStep) => void;
  readonly onMove: (by: number) => void;
  readonly onRemove: () => void;
}

function StepRow({ step, index, last, onChange, onMove, onRemove }: StepRowProps) {
  const { dataset } = useDraft();
  const kind = KINDS[step.step as PipelineStep['step']];
  const { choice, label = String(step.step), help = 'An unknown step.' } = kind ?? {};
  const columns = Array.isArray(step.columns) ? step.columns.map(String) : [];
  const icon = { size: 14, 'aria-hidden': true } as const;
  return (
    <div className={classes.step}>
      <span className={classes.stepNumber}>{index + 1}</span>
      <div>
        <span className={classes.stepName}>{label}</span> <span className={classes.stepHelp}>{help}</span>
        <div className={classes.stepFields}>
          {choice && (
            <Select
              aria-label={`${label}: how`}
              data={[...choice.data]}
              value={String(step[choice.key] ?? choice.data[0]?.value)}
              onChange={(next) => next && onChange({ ...step, [choice.key]: next })}
              allowDeselect={false}
              w={200}
            />
          )}
          <MultiSelect
            aria-label={`${label}: columns`}
            placeholder={columns.length === 0 ? 'Every column that suits' : ''}
            data={dataset?.columns.map(({ name }) => name) ?? columns}
            value={columns}
            onChange={(next) => {
              const { columns: _old, ...rest } = step;
              onChange(next.length > 0 ? { ...rest, columns: next } : rest);
            }}
            size="xs"
            miw={220}
          />
        </div>
      </div>
      <div className={classes.stepButtons}>
        <ActionIcon
          variant="subtle"
          color="gray"
          disabled={index === 0}
          aria-label={`${label} earlier`}
          onClick={() => onMove(-1)}
        >
          <IconArrowUp {...icon} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          disabled={last}
          aria-label={`${label} later`}
          onClick={() => onMove(1)}
        >
          <IconArrowDown {...icon} />
        </ActionIcon>
        <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${label}`} onClick={onRemove}>
          <IconTrash {...icon} />
        </ActionIcon>
      </div>
    </div>
  );
}
