// What a sweep may use, changed while it runs; one that has ended continues with more.
import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { StudySummary } from '../../../engine/contract/studies/study.ts';
import type { SweepView } from '../../../engine/contract/studies/sweep.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { attempt, notifyDone } from '../../ui/messages.tsx';

interface BudgetDialogProps {
  readonly study: StudySummary;
  readonly view: SweepView;
  readonly onClose: () => void;
}

type Typed = string | number;

/** An empty field is no limit. */
const limitOf = (typed: Typed): number | null => (typed === '' ? null : Number(typed));

export function BudgetDialog({ study, view, onClose }: BudgetDialogProps) {
  const engine = useEngine();
  const { runs, epochs, minutes } = view.budget;
  const [trials, setTrials] = useState<Typed>(runs.most ?? '');
  const [mostEpochs, setEpochs] = useState<Typed>(epochs.most ?? '');
  const [mostMinutes, setMinutes] = useState<Typed>(minutes.most ?? '');
  const isMore = !study.open && Number(trials) > runs.used;
  async function save(): Promise<void> {
    const budget = {
      runs: trials === '' ? runs.most : Number(trials),
      epochs: limitOf(mostEpochs),
      minutes: limitOf(mostMinutes),
    };
    const changed = await attempt(async () => {
      await engine.studies.change({ study: study.id, plan: { budget } });
      if (isMore) await engine.studies.resume({ study: study.id });
      return true;
    });
    if (!changed) return;
    notifyDone(isMore ? 'The sweep continues with the new budget.' : 'The budget is changed.');
    onClose();
  }
  return (
    <FormDialog
      title="Budget of the sweep"
      action={isMore ? 'Change and continue' : 'Change'}
      submit={save}
      onClose={onClose}
    >
      <NumberInput
        label="Trials"
        description={`${runs.used} are made.`}
        min={1}
        max={500}
        allowDecimal={false}
        value={trials}
        onChange={setTrials}
        data-autofocus
      />
      <NumberInput
        label="Epochs of all trials"
        description="Empty: no limit."
        min={1}
        allowDecimal={false}
        value={mostEpochs}
        onChange={setEpochs}
      />
      <NumberInput
        label="Minutes of training"
        description="Empty: no limit."
        min={0}
        value={mostMinutes}
        onChange={setMinutes}
      />
    </FormDialog>
  );
}
