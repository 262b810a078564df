// Starts a duel of the compared runs: the button, and the dialog that asks for the seeds.
import { Button, NumberInput } from '@mantine/core';
import { IconSwords } from '@tabler/icons-react';
import { useState } from 'react';
import type { EngineClient } from '../../../engine/connect/connection.ts';
import type { RunSummary } from '../../../engine/contract/runs/run.ts';
import { asComputed } from '../../../engine/defaults/experiment.ts';
import { seedsFrom } from '../../../engine/defaults/seeds.ts';
import { hrefOf, navigate } from '../../app/router.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { plural } from '../../ui/format.ts';
import { attempt, notifyDone } from '../../ui/messages.tsx';
import { duelSeedsProblem } from './duel-seeds.ts';

interface DuelProps {
  readonly runs: readonly RunSummary[];
}

export function DuelButton({ runs }: DuelProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconSwords size={15} aria-hidden />}
        title="Trains each configuration with the same seeds, and says whether a difference is more than luck"
        onClick={() => setOpen(true)}
      >
        Duel
      </Button>
      {isOpen && <DuelDialog runs={runs} onClose={() => setOpen(false)} />}
    </>
  );
}

function DuelDialog({ runs, onClose }: DuelProps & { readonly onClose: () => void }) {
  const engine = useEngine();
  const [typed, setTyped] = useState<string | number>(3);
  const problem = duelSeedsProblem(typed);
  return (
    <FormDialog
      title="Start a duel?"
      words={`Each of the ${runs.length} configurations is trained with the same seeds. The verdict says whether a difference of their errors is more than luck, or that there is no evidence of one.`}
      action={problem === null ? `Train ${plural(runs.length * Number(typed), 'run')}` : 'Train'}
      isReady={problem === null}
      submit={async () => {
        await attempt(() => startDuel(engine, runs, Number(typed)));
      }}
      onClose={onClose}
    >
      <NumberInput
        label="Seeds"
        description="Of each configuration. More tell smaller differences from luck."
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        min={1}
        clampBehavior="none"
        value={typed}
        onChange={setTyped}
        error={problem}
        data-autofocus
      />
    </FormDialog>
  );
}

/** Queues the configurations of the runs with the same seeds. */
async function startDuel(engine: EngineClient, runs: readonly RunSummary[], seeds: number): Promise<void> {
  const details = await Promise.all(runs.map(({ id }) => engine.runs.get({ run: id })));
  const [first, ...others] = details.map(({ configuration }) => asComputed(configuration));
  const labels = runs.map(({ id, name }) => `${id} ${name}`.slice(0, 100));
  const plan = { kind: 'duel', labels, others, seeds: seedsFrom(first!.seed, seeds) };
  const name = `Duel of runs ${runs.map(({ id }) => id).join(', ')}`;
  const study = await engine.studies.start({ configuration: first, plan, name });
  notifyDone(`Study s${study.id}: ${study.runs.length} runs are queued.`);
  navigate(hrefOf(['compare'], { runs: `s${study.id}` }));
}
