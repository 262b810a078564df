// The Result tab of a classifier: the verdict, scores with intervals, the confusion matrix, the samples that are most wrong, and a box to try
// the model in.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Cell, ClassifyResult } from '../../../engine/contract/classify-result.ts';
import { metricInfo, scoreFormat } from '../../../engine/words/scores/metric-info.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { useCatalogue } from '../../engine/use-catalogue.ts';
import classes from '../../features/run/run-page.module.css';
import { weightsOf } from '../../features/run/weights-of.ts';
import { formatNumber } from '../../ui/format.ts';
import { Panel } from '../../ui/page.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { ResultPage } from '../result-page.tsx';
import type { RunTabProps } from '../run-tab.ts';
import { ConfusionMatrix } from './confusion-matrix.tsx';
import { Curves } from './curves.tsx';
import { SampleList } from './sample-list.tsx';
import { Threshold } from './threshold.tsx';
import { TryIt } from './try-it.tsx';

export function ClassifyResultTab({ run }: RunTabProps) {
  const engine = useEngine();
  const [cell, setCell] = useState<Cell | null>(null);
  const [threshold, setThreshold] = useState<number | null>(null);
  // Windows of series are no samples of the dataset.
  const isOfSamples = !('window' in run.configuration.task);
  const request = {
    run: run.id,
    ...(cell ? { cell } : {}),
    ...(threshold === null ? {} : { threshold }),
  };
  const { data, error, isPending } = useQuery({
    queryKey: ['classify', 'result', request, weightsOf(run)],
    queryFn: ({ signal }) => engine.classify.result(request, { signal }),
    placeholderData: (before) => before,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <ResultPage
      run={run}
      verdict={data?.verdict}
      error={error}
      pending={isPending ? 'The model answers the test part …' : null}
    >
      {isOfSamples && <TryIt run={run} />}
      {data && (
        <>
          <Scores result={data} />
          <Threshold result={data} onMove={setThreshold} />
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

function Scores({ result }: { readonly result: ClassifyResult }) {
  const catalogue = useCatalogue();
  return (
    <Panel title="Scores with their 95 % intervals">
      <PlainTable
        label="Scores"
        columns={[
          { title: 'Metric' },
          { title: 'Value', isNumber: true },
          { title: 'From', isNumber: true },
          { title: 'To', isNumber: true },
        ]}
        rows={result.scores.map(({ metric, value, low, high }) => {
          const text = scoreFormat(catalogue, metric, formatNumber);
          const { label, meaning } = metricInfo(catalogue, metric);
          return { key: metric, hint: meaning, cells: [label, text(value), text(low), text(high)] };
        })}
      />
    </Panel>
  );
}
