// The Result tab of a model that estimates a number: the verdict, scores with intervals, estimates over the truth, the samples with the largest
// errors, and a box to try the model in.
import type { EstimateResult } from '../../../engine/contract/results/estimation.ts';
import { LinePlot } from '../../charts/line-plot.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import classes from '../../features/run/run-page.module.css';
import { formatNumber } from '../../ui/format.ts';
import { Panel } from '../../ui/page.tsx';
import { ResultPage } from '../result-page.tsx';
import type { RunTabProps } from '../run-tab.ts';
import { EstimatedNumber } from '../samples/answers.tsx';
import { ScoreIntervals } from '../samples/score-intervals.tsx';
import { ScoredSamples } from '../samples/scored-samples.tsx';
import { TryIt } from '../samples/try-it.tsx';
import { useResult } from '../use-result.ts';

export function EstimateResultTab({ run }: RunTabProps) {
  const engine = useEngine();
  const { data, page } = useResult({ run, request: {}, ask: engine.estimation.result });
  return (
    <ResultPage {...page}>
      <TryIt run={run} Shown={EstimatedNumber} />
      {data && (
        <>
          <ScoreIntervals scores={data.scores} />
          <div className={classes.wide}>
            <Points result={data} />
          </div>
          <div className={classes.wide}>
            <ScoredSamples
              title="Samples with the largest errors"
              data={{ dataset: run.datasetName, version: run.datasetVersion }}
              samples={data.samples}
              columns={[
                { title: `True ${data.value}`, isNumber: true, cellOf: ({ truth }) => formatNumber(truth) },
                { title: 'Estimate', isNumber: true, cellOf: ({ said }) => formatNumber(said) },
                { title: 'Error', isNumber: true, cellOf: ({ truth, said }) => formatNumber(said - truth) },
              ]}
            />
          </div>
        </>
      )}
    </ResultPage>
  );
}

/** A dot a sample; a gap behind each keeps lines from between them. */
function Points({ result: { points, value } }: { readonly result: EstimateResult }) {
  const ends = points.map(({ truth }) => truth);
  const [low, high] = [ends[0] ?? 0, ends.at(-1) ?? 1];
  return (
    <Panel>
      <LinePlot
        title={`Estimates over true ${value}`}
        xLabel={`true ${value}`}
        height={240}
        formatX={formatNumber}
        formatY={formatNumber}
        lines={[
          {
            id: 'estimates',
            label: 'Estimate',
            color: '--hc-series-1',
            dots: true,
            x: Float64Array.from(points.flatMap(({ truth }) => [truth, truth])),
            y: Float64Array.from(points.flatMap(({ said }) => [said, Number.NaN])),
          },
          {
            id: 'diagonal',
            label: 'Right',
            color: '--hc-ink-3',
            dash: [4, 4],
            width: 1,
            x: Float64Array.of(low, high),
            y: Float64Array.of(low, high),
          },
        ]}
      />
    </Panel>
  );
}
