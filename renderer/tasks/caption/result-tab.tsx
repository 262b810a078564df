// The Result tab of a writer of captions: the verdict, a picture to try it on, and the captions that need the most edits.
import type { CaptionResult } from '../../../engine/contract/results/captioning.ts';
import type { RunDetail } from '../../../engine/contract/runs/run.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { SampleView } from '../../features/data/samples/sample-view.tsx';
import classes from '../../features/run/run-page.module.css';
import { OpenTable } from '../../ui/open-table.tsx';
import { Panel } from '../../ui/page.tsx';
import { ResultPage } from '../result-page.tsx';
import type { RunTabProps } from '../run-tab.ts';
import { useResult } from '../use-result.ts';
import css from './caption.module.css';
import { CaptionImage, THUMBNAIL } from './caption-image.tsx';
import { TryCaption } from './try-caption.tsx';

export function CaptionResultTab({ run }: RunTabProps) {
  const engine = useEngine();
  const { data, page } = useResult({
    run,
    request: {},
    ask: engine.captioning.result,
    pending: 'The model writes for the test part …',
  });
  return (
    <ResultPage {...page}>
      <TryCaption run={run} />
      {data && (
        <div className={classes.wide}>
          <Captions run={run} result={data} />
        </div>
      )}
    </ResultPage>
  );
}

interface CaptionsProps {
  readonly run: RunDetail;
  readonly result: CaptionResult;
}

function Captions({ run, result }: CaptionsProps) {
  return (
    <Panel title="Captions that need the most edits">
      <OpenTable
        label="Captions"
        rows={result.captions}
        keyOf={({ sample }) => sample}
        columns={[
          { title: 'Image', cellOf: ({ name }) => <CaptionImage run={run} name={name} size={THUMBNAIL} /> },
          { title: 'File', className: css.name, hintOf: ({ name }) => name, cellOf: ({ name }) => name },
          { title: 'Right', cellOf: ({ references }) => references.join(' | ') },
          { title: 'Written', cellOf: ({ written }) => written },
          { title: 'Of the nearest pixels', cellOf: ({ nearest }) => nearest },
          { title: 'Edits', isNumber: true, cellOf: ({ edits }) => edits },
        ]}
        opens="File"
        detailOf={({ sample }) => (
          <SampleView dataset={run.datasetName} version={run.datasetVersion} row={sample} />
        )}
      />
    </Panel>
  );
}
