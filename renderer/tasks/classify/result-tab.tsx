// The Result tab of a classifier: the verdict, scores with intervals, the confusion matrix, the samples that are most wrong, and a box to try
// the model in.
import { useState } from 'react';
import type { Cell } from '../../../engine/contract/results/classify-result.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import classes from '../../features/run/run-page.module.css';
import { ResultPage } from '../result-page.tsx';
import type { RunTabProps } from '../run-tab.ts';
import { ProbableClasses } from '../samples/answers.tsx';
import { ScoreIntervals } from '../samples/score-intervals.tsx';
import { TryIt } from '../samples/try-it.tsx';
import { useResult } from '../use-result.ts';
import { ConfusionMatrix } from './confusion-matrix.tsx';
import { Curves } from './curves.tsx';
import { SampleList } from './sample-list.tsx';
import { Threshold } from './threshold.tsx';

export function ClassifyResultTab({ run }: RunTabProps) {
  const engine = useEngine();
  const [cell, setCell] = useState<Cell | null>(null);
  const [threshold, setThreshold] = useState<number | null>(null);
  // Windows of series are no samples of the dataset.
  const isOfSamples = !('window' in run.configuration.task);
  const request = {
    ...(cell ? { cell } : {}),
    ...(threshold === null ? {} : { threshold }),
  };
  const { data, page } = useResult({ run, request, ask: engine.classify.result });
  return (
    <ResultPage {...page}>
      {(isOfSamples || data?.decision) && (
        // Alone, the box is lower than the scores: half of it would be empty.
        <div className={data?.decision ? classes.stack : classes.wide}>
          {isOfSamples && <TryIt run={run} Shown={ProbableClasses} />}
          {data && <Threshold result={data} onMove={setThreshold} />}
        </div>
      )}
      {data && (
        <>
          <ScoreIntervals scores={data.scores} />
          <Curves result={data} />
          <div className={classes.wide}>
            <ConfusionMatrix result={data} chosen={cell} onChoose={setCell} />
          </div>
          <div className={classes.wide}>
            <SampleList
              data={isOfSamples ? { dataset: run.datasetName, version: run.datasetVersion } : null}
              result={data}
              cell={cell}
              onAll={() => setCell(null)}
            />
          </div>
        </>
      )}
    </ResultPage>
  );
}
