// A setting that is a whole number: saved as soon as what is typed is one, and what is wrong with it is said below the field.
import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import { numberOf, wholeNumberProblem } from '../../ui/typed-number.ts';

interface WholeNumberSettingProps {
  readonly label: string;
  readonly description: string;
  readonly min: number;
  readonly max: number;
  /** As it is saved; null: the field is left empty. */
  readonly value: number | null;
  /** What an empty field stands for; without it the field must hold a number. */
  readonly empty?: string;
  readonly onSave: (value: number | null) => void;
}

export function WholeNumberSetting({
  label,
  description,
  min,
  max,
  value,
  empty,
  onSave,
}: WholeNumberSettingProps) {
  // Null: nothing is being typed that could not be saved.
  const [unsaved, setUnsaved] = useState<string | number | null>(null);
  const problem = unsaved === null ? null : wholeNumberProblem(unsaved, min, max);
  function change(next: string | number): void {
    const isEmpty = next === '' && empty !== undefined;
    const isGood = isEmpty || wholeNumberProblem(next, min, max) === null;
    setUnsaved(isGood ? null : next);
    if (isGood && numberOf(next) !== value) onSave(numberOf(next));
  }
  return (
    <NumberInput
      label={label}
      description={description}
      min={min}
      max={max}
      clampBehavior="none"
      placeholder={empty}
      value={unsaved ?? value ?? ''}
      onChange={change}
      error={problem && `${problem} Until then it stays ${value ?? empty ?? ''}.`}
    />
  );
}
