// The Result tab of a forecast of frames: errors by step beside the baselines, a scrubber, and the windows, the worst first.
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { VideoResult } from '../../../engine/contract/results/video.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import classes from '../../features/run/run-page.module.css';
import { formatNumber } from '../../ui/format.ts';
import { Panel } from '../../ui/page.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { ResultPage } from '../result-page.tsx';
import type { RunTabProps } from '../run-tab.ts';
import { useResult } from '../use-result.ts';
import { Scrubber } from './scrubber.tsx';
import { StepsChart } from './steps-chart.tsx';

export function VideoResultTab({ run }: RunTabProps) {
  const engine = useEngine();
  const [chosen, setChosen] = useState<number | null>(null);
  const { data, page } = useResult({
    run,
    request: {},
    ask: engine.video.result,
    pending: 'The model forecasts the test part …',
  });
  const window = chosen ?? middleOf(data?.windows);
  return (
    <ResultPage {...page}>
      {data && window !== null && (
        <>
          <Panel title={`Frames of ${data.windows.find((one) => one.window === window)?.name ?? ''}`}>
            <Scrubber run={run} window={window} />
          </Panel>
          <StepsChart
            lines={data.steps.map(({ subject, figures }, index) => ({
              id: subject,
              label: NAMES[subject] ?? subject,
              color: `--hc-series-${index + 1}`,
              figures,
              ...(index > 0 && { dash: [5, 4] }),
            }))}
          />
          <div className={classes.wide}>
            <Windows windows={data.windows} chosen={window} onChoose={setChosen} />
          </div>
        </>
      )}
    </ResultPage>
  );
}

const NAMES: Readonly<Record<string, string>> = {
  model: 'Model',
  'copy-last-frame': 'Copy of the last frame',
  'mean-frame': 'Mean frame',
};

/** Neither the worst nor the best. */
const middleOf = (windows: VideoResult['windows'] | undefined): number | null =>
  windows?.[Math.floor(windows.length / 2)]?.window ?? null;

interface WindowsProps {
  readonly windows: VideoResult['windows'];
  readonly chosen: number;
  readonly onChoose: (window: number) => void;
}

function Windows({ windows, chosen, onChoose }: WindowsProps) {
  return (
    <Panel title="Windows of the test part, the worst first">
      <PlainTable
        label="Windows"
        columns={[
          { title: 'Video' },
          { title: 'First frame', isNumber: true },
          { title: 'MSE', isNumber: true },
          { title: 'MSE of the copy', isNumber: true },
        ]}
        rows={windows.map(({ window, name, from, mse, copyMse }) => ({
          key: String(window),
          cells: [
            <Button
              key={window}
              variant={window === chosen ? 'light' : 'subtle'}
              size="compact-xs"
              aria-pressed={window === chosen}
              onClick={() => onChoose(window)}
            >
              {name}
            </Button>,
            from + 1,
            formatNumber(mse),
            formatNumber(copyMse),
          ],
        }))}
      />
    </Panel>
  );
}
