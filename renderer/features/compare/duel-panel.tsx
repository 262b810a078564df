// The verdict of a duel in Compare, and the button that starts one of the compared runs.
import { Button } from '@mantine/core';
import { IconSwords } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { RunSummary } from '../../../engine/contract/run.ts';
import type { StudySummary } from '../../../engine/contract/study.ts';
import { asComputed } from '../../../engine/defaults/experiment.ts';
import { seedsFrom } from '../../../engine/defaults/seeds.ts';
import { hrefOf, navigate } from '../../app/router.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { keys } from '../../engine/queries.ts';
import { confirm } from '../../ui/dialogs.tsx';
import { formatNumber } from '../../ui/format.ts';
import { attempt, ErrorMessage, notifyDone } from '../../ui/messages.tsx';
import { Panel } from '../../ui/page.tsx';

export function DuelVerdictPanel({ study }: { readonly study: StudySummary }) {
  const engine = useEngine();
  const { data, error } = useQuery({
    queryKey: [...keys.runs, 'verdict', study.id, study.open, study.runs.length],
    queryFn: () => engine.studies.verdict({ study: study.id }),
    enabled: !study.open,
    retry: false,
  });
  return (
    <Panel title={`Verdict of s${study.id} ${study.name}`}>
      {study.open && <p className="muted">Its runs are not all done yet.</p>}
      {error && <ErrorMessage error={error} />}
      {data && (
        <>
          {data.words.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          <table className="plain-table" style={{ width: 'auto' }}>
            <thead>
              <tr>
                <th scope="col">Configuration</th>
                <th scope="col" className="num">
                  Mean {data.loss}
                </th>
                <th scope="col" className="num">
                  Deviation over seeds
                </th>
              </tr>
            </thead>
            <tbody>
              {data.contenders.map(({ label, mean, deviation, best }) => (
                <tr key={label}>
                  <td>{label}</td>
                  <td className="num">
                    {formatNumber(mean)}
                    {best && <span title="Better than each other one beyond chance"> ★</span>}
                  </td>
                  <td className="num">{deviation === null ? '–' : formatNumber(deviation)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="muted">
            Over {data.seeds.length} seeds and {data.origins} origins of the test part: Diebold-Mariano of
            errors averaged over the seeds (Harvey, Holm), paired bootstrap over seeds and origins, 5 %.
          </p>
        </>
      )}
    </Panel>
  );
}

const SEEDS = 3;

/** Queues the configurations of the runs with the same seeds. */
export function DuelButton({ runs }: { readonly runs: readonly RunSummary[] }) {
  const engine = useEngine();
  const [isStarting, setStarting] = useState(false);
  async function start(): Promise<void> {
    const details = await Promise.all(runs.map(({ id }) => engine.runs.get({ run: id })));
    const [first, ...others] = details.map(({ configuration }) => asComputed(configuration));
    const count = SEEDS * runs.length;
    const body = `Each configuration is trained with the same ${SEEDS} seeds; the verdict says whether a difference is more than luck.`;
    if (!first || !(await confirm({ title: 'Start a duel?', body, action: `Train ${count} runs` }))) return;
    const labels = runs.map(({ id, name }) => `${id} ${name}`.slice(0, 100));
    const plan = { kind: 'duel', labels, others, seeds: seedsFrom(first.seed, SEEDS) };
    const name = `Duel of runs ${runs.map(({ id }) => id).join(', ')}`;
    const study = await engine.studies.start({ configuration: first, plan, name });
    notifyDone(`Study s${study.id}: ${study.runs.length} runs are queued.`);
    navigate(hrefOf(['compare'], { runs: `s${study.id}` }));
  }
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconSwords size={15} aria-hidden />}
      loading={isStarting}
      title="Trains each configuration with the same seeds, and says whether a difference is more than luck"
      onClick={async () => {
        setStarting(true);
        await attempt(start);
        setStarting(false);
      }}
    >
      Duel
    </Button>
  );
}
