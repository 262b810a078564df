// Samples of the scored part with what was said of them: the most wrong first, or those of a cell of the confusion matrix.
import { Button } from '@mantine/core';
import type { Cell, ClassifyResult } from '../../../engine/contract/classify-result.ts';
import { formatNumber } from '../../ui/format.ts';
import { Panel, TableScroll } from '../../ui/page.tsx';
import css from './classify.module.css';

interface SampleListProps {
  readonly result: ClassifyResult;
  readonly cell: Cell | null;
  readonly onAll: () => void;
}

export function SampleList({ result, cell, onAll }: SampleListProps) {
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
                <tr key={sample}>
                  <td title={name}>
                    <span className={css.className}>{name}</span>
                  </td>
                  <td title={text}>
                    <span className={css.sampleText}>{text}</span>
                  </td>
                  <td>{classes[truth]}</td>
                  <td>{classes[said]}</td>
                  <td className="num">{formatNumber(ofTruth)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
    </Panel>
  );
}
