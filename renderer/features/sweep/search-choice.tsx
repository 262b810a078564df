// A search method or a stopper, with what it does and its options.
import { NumberInput, Select } from '@mantine/core';
import type { SearchChoice } from '../../../engine/words/search-options.ts';
import classes from './sweep.module.css';
import { optionOf, optionProblem, type SweepForm } from './sweep-form.ts';

interface SearchChoicesProps<Kind extends string> {
  readonly label: string;
  readonly choices: Readonly<Record<Kind, SearchChoice>>;
  readonly form: SweepForm;
  readonly chosen: Kind;
  readonly onChoose: (kind: Kind) => void;
  readonly onOptions: (options: SweepForm['options']) => void;
}

export function SearchChoices<Kind extends string>(props: SearchChoicesProps<Kind>) {
  const { label, choices, form, chosen, onChoose, onOptions } = props;
  // Its keys are the kinds.
  const kinds = Object.keys(choices) as Kind[];
  const { help, options } = choices[chosen];
  return (
    <div className={classes.choice}>
      <Select
        label={label}
        description={help}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={kinds.map((kind) => ({ value: kind, label: choices[kind].label }))}
        value={chosen}
        onChange={(next) => {
          const kind = kinds.find((one) => one === next);
          if (kind !== undefined) onChoose(kind);
        }}
        allowDeselect={false}
      />
      {options.map((option) => (
        <NumberInput
          key={`${chosen}.${option.name}`}
          label={option.label}
          description={option.help}
          min={option.min}
          max={option.max}
          allowDecimal={false}
          clampBehavior="none"
          value={optionOf(form, chosen, option)}
          onChange={(next) => onOptions({ ...form.options, [`${chosen}.${option.name}`]: next })}
          error={optionProblem(form, chosen, option)}
        />
      ))}
    </div>
  );
}
