// The Result tab of a labeller: the verdict, a box to try it in, the confusion matrix, and the texts with most wrong labels.
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Cell } from '../../../engine/contract/results/classify-result.ts';
import { asLabelTask } from '../../../engine/contract/tasks/label.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import classes from '../../features/run/run-page.module.css';
import { Panel } from '../../ui/page.tsx';
import { ConfusionMatrix } from '../classify/confusion-matrix.tsx';
import { ResultPage } from '../result-page.tsx';
import type { RunTabProps } from '../run-tab.ts';
import { useResult } from '../use-result.ts';
import css from './label.module.css';
import { LabelLegend, LabelStrip } from './label-strip.tsx';
import { LabelledTokens } from './labelled-text.tsx';
import { TryLabels } from './try-labels.tsx';

export function LabelResultTab({ run }: RunTabProps) {
  const engine = useEngine();
  const [cell, setCell] = useState<Cell | null>(null);
  const { data, page } = useResult({
    run,
    request: cell ? { cell } : {},
    ask: engine.labelling.result,
    pending: 'The model labels the test part …',
  });
  const isOfRows = asLabelTask(run.configuration.task).window !== undefined;
  const ofWhat = isOfRows ? 'Stretches of rows' : 'Texts';
  return (
    <ResultPage {...page}>
      <div className={classes.wide}>
        <TryLabels run={run} />
      </div>
      {data && (
        <>
          <div className={classes.wide}>
            <ConfusionMatrix result={data} chosen={cell} onChoose={setCell} />
          </div>
          <div className={classes.wide}>
            <Panel
              title={
                cell
                  ? `${ofWhat} with ${data.classes[cell.truth]} taken for ${data.classes[cell.said]}`
                  : `${ofWhat} with most wrong labels`
              }
              actions={
                cell && (
                  <Button variant="subtle" size="compact-xs" onClick={() => setCell(null)}>
                    Show the most wrong of all
                  </Button>
                )
              }
            >
              {data.texts.length === 0 && <p className="muted">There is none.</p>}
              {isOfRows && <LabelLegend classes={data.classes} />}
              <div className={css.texts}>
                {data.texts.map((text) =>
                  isOfRows ? (
                    <LabelStrip key={text.sample} text={text} classes={data.classes} />
                  ) : (
                    <LabelledTokens key={text.sample} tokens={text.tokens} classes={data.classes} />
                  ),
                )}
              </div>
            </Panel>
          </div>
        </>
      )}
    </ResultPage>
  );
}
