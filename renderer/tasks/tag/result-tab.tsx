// The Result tab of a model that gives labels: the verdict, scores with intervals, what each label is worth, the samples that are most wrong, and a
// box to try the model in.
import { useState } from 'react';
import type { TagChoice } from '../../../engine/contract/results/tagging.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import classes from '../../features/run/run-page.module.css';
import { formatNumber } from '../../ui/format.ts';
import { ResultPage } from '../result-page.tsx';
import type { RunTabProps } from '../run-tab.ts';
import { SaidLabels } from '../samples/answers.tsx';
import { Reliability } from '../samples/reliability.tsx';
import { ScoreIntervals } from '../samples/score-intervals.tsx';
import { ScoredSamples } from '../samples/scored-samples.tsx';
import { TryIt } from '../samples/try-it.tsx';
import { useResult } from '../use-result.ts';
import { LabelTable } from './label-table.tsx';

const CHOSEN: Readonly<Record<TagChoice['of'], (label: string) => string>> = {
  hits: (label) => `Samples with ${label} that are said to have it`,
  missed: (label) => `Samples with ${label} that are not said to have it`,
  'false-alarms': (label) => `Samples without ${label} that are said to have it`,
};

export function TagResultTab({ run }: RunTabProps) {
  const engine = useEngine();
  const [choice, setChoice] = useState<TagChoice | null>(null);
  const request = choice ? { choice } : {};
  const { data, page } = useResult({ run, request, ask: engine.tagging.result });
  const named = (labels: readonly number[]) =>
    labels.map((label) => data?.labels[label]).join(', ') || 'none';
  return (
    <ResultPage {...page}>
      <TryIt run={run} Shown={SaidLabels} />
      {data && (
        <>
          <ScoreIntervals scores={data.scores} />
          <div className={classes.wide}>
            <Reliability bins={data.reliability} label="Share true" />
          </div>
          <div className={classes.wide}>
            <LabelTable result={data} chosen={choice} onChoose={setChoice} />
          </div>
          <div className={classes.wide}>
            <ScoredSamples
              title={
                choice
                  ? CHOSEN[choice.of](data.labels[choice.label]!)
                  : 'Samples whose labels were least expected'
              }
              onAll={choice ? () => setChoice(null) : undefined}
              data={{ dataset: run.datasetName, version: run.datasetVersion }}
              samples={data.samples}
              columns={[
                { title: 'Truth', cellOf: ({ truth }) => named(truth) },
                { title: 'Answer', cellOf: ({ said }) => named(said) },
                { title: 'Log loss', isNumber: true, cellOf: ({ loss }) => formatNumber(loss) },
              ]}
            />
          </div>
        </>
      )}
    </ResultPage>
  );
}
