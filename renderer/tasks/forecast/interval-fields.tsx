// The fields of the form that say how uncertain forecasts are told.
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { DEFAULT_QUANTILES } from '../../../engine/contract/tasks/quantiles.ts';
import { withValue } from '../../features/design/draft.ts';
import { useDraft, useField } from '../../features/design/draft-context.tsx';
import { ChoiceField, NumberField } from '../../features/design/fields.tsx';
import { hasQuantiles, withIntervalScores } from './interval-scores.ts';

const HELP: Readonly<Record<string, string>> = {
  none: 'No more than the loss gives: one value a step, or the quantiles that the model itself forecasts.',
  conformal:
    'The end of the validation part is held back from stopping; how far off the forecasts are there is how far off they are said to be. For any model, and for the baselines too.',
  adaptive:
    'As conformal, but the intervals follow the errors as they become known: wider where the model gets worse, so that they hold what they promise in the long run.',
};

export function IntervalFields() {
  const { draft, setDraft } = useDraft();
  const chosen = useField('task.intervals').value;
  const intervals = typeof chosen === 'string' ? chosen : 'none';
  const loss = useField('task.loss').value;
  return (
    <>
      <ChoiceField
        path="task.intervals"
        unset="none"
        help={HELP[intervals]}
        data={[
          { value: 'none', label: 'None' },
          { value: 'conformal', label: 'Split-conformal' },
          { value: 'adaptive', label: 'Adaptive conformal' },
        ]}
        onChange={(next) => setDraft(withIntervalScores(withValue(draft, 'task.intervals', next)))}
      />
      {intervals !== 'none' && (
        <NumberField
          path="task.calibrationShare"
          help="Of the validation part, at its end, that is held back. Empty: 0.5."
          step={0.1}
          optional
        />
      )}
      {hasQuantiles({ intervals, loss }) && <LevelsField />}
    </>
  );
}

/** Levels as they are typed, `0.1, 0.5, 0.9`; what is no number is left for the check to name. */
function LevelsField() {
  const { value, set, error, isChanged } = useField('task.quantiles');
  const [typed, setTyped] = useState<string | null>(null);
  const shown = Array.isArray(value) ? value.join(', ') : '';
  return (
    <TextInput
      data-field="task.quantiles"
      label={`Quantile levels${isChanged ? ' (changed)' : ''}`}
      description={`Rising, with 0.5 among them; two that lie alike around it are an interval. Empty: ${DEFAULT_QUANTILES.join(', ')}.`}
      value={typed ?? shown}
      onChange={({ currentTarget: { value: next } }) => {
        setTyped(next);
        set(levelsOf(next));
      }}
      onBlur={() => setTyped(null)}
      error={error}
    />
  );
}

function levelsOf(text: string): readonly (number | string)[] | undefined {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '');
  if (parts.length === 0) return undefined;
  return parts.map((part) => (Number.isFinite(Number(part)) ? Number(part) : part));
}
