// Samples of the scored part with what was said of them: the most wrong first, or those of a cell of the confusion matrix.
import { Button } from '@mantine/core';
import { Fragment, useState } from 'react';
import type { Cell, ClassifyResult } from '../../../engine/contract/classify-result.ts';
import { SampleView } from '../../features/data/samples/sample-view.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Panel, TableScroll } from '../../ui/page.tsx';
import css from './classify.module.css';

interface SampleListProps {
  /** Of the run; null where its samples are windows of series. */
  readonly data: { readonly dataset: string; readonly version: number } | null;
  readonly result: ClassifyResult;
  readonly cell: Cell | null;
  readonly onAll: () => void;
}

export function SampleList({ data, result, cell, onAll }: SampleListProps) {
  const [open, setOpen] = useState<number | null>(null);
  const { classes, samples } = result;
  const title = cell
    ? `Samples of ${classes[cell.truth]} taken for ${classes[cell.said]}`
    : 'Samples whose truth was least expected';
  return (
    <Panel
      title={title}
      actions={
        cell && (
          <Button variant="subtle" size="compact-xs" onClick={onAll}>
            Show the most wrong of all
          </Button>
        )
      }
    >
      {samples.length === 0 && <p className="muted">There is none.</p>}
      {samples.length > 0 && (
        <TableScroll label="Samples">
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">Sample</th>
                <th scope="col">Input</th>
                <th scope="col">Truth</th>
                <th scope="col">Answer</th>
                <th scope="col" className="num">
                  p of the truth
                </th>
              </tr>
            </thead>
            <tbody>
              {samples.map(({ sample, name, text, truth, said, ofTruth }) => (
                <Fragment key={sample}>
                  <tr>
                    <td title={name}>
                      <Button
                        variant="subtle"
                        size="compact-xs"
                        aria-expanded={open === sample}
                        disabled={data === null}
                        onClick={() => setOpen(open === sample ? null : sample)}
                      >
                        <span className={css.className}>{name}</span>
                      </Button>
                    </td>
                    <td title={text}>
                      <span className={css.sampleText}>{text}</span>
                    </td>
                    <td>{classes[truth]}</td>
                    <td>{classes[said]}</td>
                    <td className="num">{formatNumber(ofTruth)}</td>
                  </tr>
                  {open === sample && data && (
                    <tr>
                      <td colSpan={5}>
                        <SampleView {...data} row={sample} />
                      </td>
                    </tr>
                  )}
                </Fragment>
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
    </Panel>
  );
}
