// A backtest of the experiment that is being designed: how many folds, what each learns on and tests on, drawn as bars over time.
import { Group, NumberInput, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { BACKTEST_WINDOWS, type BacktestParts, backtestSplits } from '../../../engine/defaults/backtest.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { usePlace } from '../../engine/pool.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { formatCount, plural } from '../../ui/format.ts';
import { attempt } from '../../ui/messages.tsx';
import {
  type BacktestField,
  type BacktestForm,
  type BacktestNeeds,
  isSound,
  NEW_BACKTEST,
  planOf,
  problemOf,
  stretchesOf,
} from './backtest-form.ts';
import classes from './design.module.css';
import type { Draft } from './draft.ts';
import { PARTS } from './parts.ts';
import { atMost, startBacktest } from './start-training.ts';

interface BacktestDialogProps {
  readonly draft: Draft;
  readonly needs: BacktestNeeds;
  /** That one training takes at most; null: not known. */
  readonly seconds: number | null;
  readonly onClose: () => void;
}

const TEXTS: Readonly<Record<BacktestField, { readonly label: string; readonly help: string }>> = {
  folds: { label: 'Folds', help: 'Times of the past that it is tested at.' },
  refitEvery: {
    label: 'Train again every, folds',
    help: 'One model tests these before the next is trained.',
  },
  embargo: { label: 'Embargo, rows', help: 'Between the parts of a fold, in none of them.' },
  train: { label: 'Training, rows', help: 'Of the first fold. Empty: all that the others leave.' },
  validation: { label: 'Validation, rows', help: 'That each fold stops by. Empty: a tenth.' },
  test: { label: 'Test, rows', help: 'Of each fold. Empty: three tenths by all folds together.' },
};

const WINDOWS = {
  expanding: 'All rows before',
  sliding: 'As many as the first',
} satisfies Readonly<Record<(typeof BACKTEST_WINDOWS)[number], string>>;

export function BacktestDialog({ draft, needs, seconds, onClose }: BacktestDialogProps) {
  const engine = useEngine();
  const { place: on } = usePlace();
  const [form, setForm] = useState<BacktestForm>(NEW_BACKTEST);
  const isReady = isSound(form, needs);
  const parts = isReady ? planOf(form, needs) : null;
  const runs = parts === null ? 0 : backtestSplits(parts).length;
  async function start(): Promise<void> {
    if (parts !== null) await attempt(() => startBacktest(engine, draft, { parts, on }));
  }
  const fieldOf = (field: BacktestField) => (
    <NumberInput
      key={field}
      label={TEXTS[field].label}
      description={TEXTS[field].help}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      min={0}
      clampBehavior="none"
      allowDecimal={false}
      value={form[field]}
      onChange={(next) => setForm({ ...form, [field]: next })}
      error={problemOf(form, field, needs)}
    />
  );
  return (
    <FormDialog
      title="Backtest"
      size="lg"
      words={`Trains the experiment at several times of the past and tests it on the rows that follow, in place of its split. The spread over the folds shows how much of a score is the time that was tested.${on === 'pool' ? ' The runs train on the pool.' : ''}`}
      action={isReady ? `Train ${plural(runs, 'run')}` : 'Train'}
      hint={seconds === null ? '' : atMost(seconds * runs).trim()}
      isReady={isReady}
      submit={start}
      onClose={onClose}
    >
      <SegmentedControl
        aria-label="What each fold learns on"
        data={BACKTEST_WINDOWS.map((value) => ({ value, label: WINDOWS[value] }))}
        value={form.window}
        onChange={(window) => setForm({ ...form, window })}
      />
      <Group grow align="flex-start">
        {(['folds', 'refitEvery', 'embargo'] as const).map(fieldOf)}
      </Group>
      <Group grow align="flex-start">
        {(['train', 'validation', 'test'] as const).map(fieldOf)}
      </Group>
      {parts !== null && <Folds parts={parts} rows={needs.rows} />}
    </FormDialog>
  );
}

/** A bar for each model, all over the same rows. */
function Folds({ parts, rows }: { readonly parts: BacktestParts; readonly rows: number }) {
  return (
    <div className={classes.foldBars}>
      {backtestSplits(parts).map(({ label, split }) => {
        const { test = 0 } = split;
        const says = `${label}: trains on ${formatCount(split.train)} rows, validates on ${formatCount(split.validation)}, tests on ${formatCount(test)}`;
        return (
          <div key={label} role="img" aria-label={says} title={says} className={classes.foldBar}>
            <span>{label}</span>
            <div>
              {stretchesOf({ ...split, test }, rows).map(({ part, rows: own }, index) => (
                <span
                  // biome-ignore lint/suspicious/noArrayIndexKey: stretches have an order and nothing else
                  key={index}
                  style={{
                    flexGrow: own,
                    background: part === null ? 'transparent' : `var(${PARTS[part].color})`,
                  }}
                />
              ))}
            </div>
          </div>
        );
      })}
      <p className="muted">
        {Object.values(PARTS).map(({ label, color }) => (
          <span key={label} className={classes.foldName}>
            <span className={classes.swatch} style={{ background: `var(${color})` }} />
            {label}
          </span>
        ))}
        of {formatCount(rows)} rows
      </p>
    </div>
  );
}
