// The buttons that start the training, and how many seeds it is done with.
import { Button, NumberInput } from '@mantine/core';
import { IconAdjustments, IconHistory, IconPlayerPlay, IconStack2 } from '@tabler/icons-react';
import { useState } from 'react';
import { MOST_SEEDS } from '../../../engine/contract/studies/study.ts';
import { useKeymap } from '../../app/hotkeys.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { usePlace } from '../../engine/pool.ts';
import { screensOf } from '../../tasks/screens-of.ts';
import { BusyButton } from '../../ui/busy-button.tsx';
import { plural } from '../../ui/format.ts';
import { attempt } from '../../ui/messages.tsx';
import { wholeNumberProblem } from '../../ui/typed-number.ts';
import { NewSweepDialog } from '../sweep/new-sweep-dialog.tsx';
import { draftsOfAllModels } from './all-models.ts';
import { BacktestDialog } from './backtest-dialog.tsx';
import { needsOf } from './backtest-form.ts';
import classes from './design.module.css';
import { valueAt } from './draft.ts';
import { useDraft } from './draft-context.tsx';
import { longestSeconds, trainAllModels, trainSeeds } from './start-training.ts';
import { TrainOn } from './train-on.tsx';

export function StartBox({ ready }: { readonly ready: boolean }) {
  const engine = useEngine();
  const { place: on } = usePlace();
  const { draft, dataset, check, complete } = useDraft();
  const [opened, setOpened] = useState<'sweep' | 'backtest' | null>(null);
  const [typed, setTyped] = useState<string | number>(1);
  const [starting, setStarting] = useState<'one' | 'all' | null>(null);
  const problem = wholeNumberProblem(typed, 1, MOST_SEEDS);
  const seeds = problem === null ? Number(typed) : 1;
  const canStart = ready && problem === null && starting === null;
  async function start(which: 'one' | 'all'): Promise<void> {
    if (!canStart) return;
    setStarting(which);
    await attempt(() =>
      which === 'one'
        ? trainSeeds(engine, draft, { seeds, check, on })
        : trainAllModels(engine, draftsOfAllModels(draft, dataset), { seeds, on }),
    );
    setStarting(null);
  }
  useKeymap({ 'mod+enter': () => start('one') });
  return (
    <div className={classes.start}>
      <NumberInput
        label="Seeds"
        classNames={{ description: classes.seedsHelp ?? '' }}
        description="Several show how much of a score is luck: one run for each."
        min={1}
        max={MOST_SEEDS}
        clampBehavior="none"
        value={typed}
        onChange={setTyped}
        error={problem}
      />
      <TrainOn />
      <BusyButton
        fullWidth
        size="sm"
        leftSection={<IconPlayerPlay size={16} aria-hidden />}
        disabled={!canStart && starting !== 'one'}
        isBusy={starting === 'one'}
        onClick={() => start('one')}
      >
        {seeds > 1 ? `Train ${plural(seeds, 'run')}` : 'Train'}
      </BusyButton>
      <BusyButton
        fullWidth
        variant="default"
        leftSection={<IconStack2 size={15} aria-hidden />}
        disabled={!canStart && starting !== 'all'}
        isBusy={starting === 'all'}
        onClick={() => start('all')}
        title="One run for each architecture, with the same data and settings"
      >
        Train all models
      </BusyButton>
      {screensOf(valueAt(draft, 'task.kind')).hasTimes && (
        <Button
          fullWidth
          variant="default"
          leftSection={<IconHistory size={15} aria-hidden />}
          disabled={!canStart || complete === null}
          onClick={() => setOpened('backtest')}
          title="Trains it at several times of the past: the spread shows how much of a score is the time tested"
        >
          Backtest
        </Button>
      )}
      <Button
        fullWidth
        variant="default"
        leftSection={<IconAdjustments size={15} aria-hidden />}
        disabled={!canStart || complete === null}
        onClick={() => setOpened('sweep')}
        title="Search the best values of some fields"
      >
        New sweep
      </Button>
      {opened === 'sweep' && complete !== null && (
        <NewSweepDialog draft={draft} experiment={complete} onClose={() => setOpened(null)} />
      )}
      {opened === 'backtest' && complete !== null && dataset && (
        <BacktestDialog
          draft={draft}
          needs={needsOf(complete.task, dataset)}
          seconds={longestSeconds(check)}
          onClose={() => setOpened(null)}
        />
      )}
    </div>
  );
}
