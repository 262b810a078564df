// The Result tab of a writer of captions: the verdict, a picture to try it on, and the captions that need the most edits.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import type { CaptionResult } from '../../../engine/contract/captioning.ts';
import type { RunDetail } from '../../../engine/contract/run.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { SampleView } from '../../features/data/samples/sample-view.tsx';
import classes from '../../features/run/run-page.module.css';
import { weightsOf } from '../../features/run/weights-of.ts';
import { Panel, TableScroll } from '../../ui/page.tsx';
import { ResultPage } from '../result-page.tsx';
import type { RunTabProps } from '../run-tab.ts';
import { TryCaption } from './try-caption.tsx';

export function CaptionResultTab({ run }: RunTabProps) {
  const engine = useEngine();
  const { data, error, isPending } = useQuery({
    queryKey: ['captioning', 'result', run.id, weightsOf(run)],
    queryFn: ({ signal }) => engine.captioning.result({ run: run.id }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return (
    <ResultPage
      run={run}
      verdict={data?.verdict}
      error={error}
      pending={isPending ? 'The model writes for the test part …' : null}
    >
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
  const [open, setOpen] = useState<number | null>(null);
  return (
    <Panel title="Captions that need the most edits">
      <TableScroll label="Captions">
        <table className="plain-table">
          <thead>
            <tr>
              {['Image', 'Right', 'Written', 'Of the nearest pixels'].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
              <th scope="col" className="num">
                Edits
              </th>
            </tr>
          </thead>
          <tbody>
            {result.captions.map(({ sample, name, references, written, nearest, edits }) => (
              <Fragment key={sample}>
                <tr>
                  <td>
                    <Button
                      variant="subtle"
                      size="compact-xs"
                      aria-expanded={open === sample}
                      onClick={() => setOpen(open === sample ? null : sample)}
                    >
                      {name}
                    </Button>
                  </td>
                  <td>{references.join(' | ')}</td>
                  <td>{written}</td>
                  <td>{nearest}</td>
                  <td className="num">{edits}</td>
                </tr>
                {open === sample && (
                  <tr>
                    <td colSpan={5}>
                      <SampleView dataset={run.datasetName} version={run.datasetVersion} row={sample} />
                    </td>
                  </tr>
                )}
              </Fragment>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </Panel>
  );
}
