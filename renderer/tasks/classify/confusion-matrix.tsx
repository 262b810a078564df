// The confusion matrix: true classes by row, answers by column. A cell shows its samples below.
import type { Cell, ClassifyResult } from '../../../engine/contract/results/classify-result.ts';
import { formatCount, formatKnown } from '../../ui/format.ts';
import { Panel, TableScroll } from '../../ui/page.tsx';
import css from './classify.module.css';

interface ConfusionProps {
  readonly result: Pick<ClassifyResult, 'classes' | 'confusion' | 'figures'>;
  readonly chosen: Cell | null;
  readonly onChoose: (cell: Cell) => void;
}

export function ConfusionMatrix({ result, chosen, onChoose }: ConfusionProps) {
  const { classes, confusion, figures } = result;
  return (
    <Panel title="Confusion matrix: true classes by row, answers by column">
      <TableScroll label="Confusion matrix">
        <table className={`plain-table ${css.confusion}`}>
          <thead>
            <tr>
              <th scope="col">True class</th>
              {classes.map((name) => (
                <th key={name} scope="col" className="num" title={name}>
                  <span className={css.className}>{name}</span>
                </th>
              ))}
              <th scope="col" className="num">
                Precision
              </th>
              <th scope="col" className="num">
                Recall
              </th>
              <th scope="col" className="num">
                F1
              </th>
            </tr>
          </thead>
          <tbody>
            {classes.map((name, truth) => (
              <tr key={name}>
                <th scope="row" title={name}>
                  <span className={css.rowName}>{name}</span>
                </th>
                {classes.map((said, index) => (
                  <td key={said} className="num">
                    <CellButton
                      label={`${name} taken for ${said}`}
                      count={confusion[truth]![index]!}
                      isRight={truth === index}
                      isChosen={chosen?.truth === truth && chosen.said === index}
                      onClick={() => onChoose({ truth, said: index })}
                    />
                  </td>
                ))}
                <td className="num">{formatKnown(figures[truth]!.precision)}</td>
                <td className="num">{formatKnown(figures[truth]!.recall)}</td>
                <td className="num">{formatKnown(figures[truth]!.f1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </Panel>
  );
}

interface CellButtonProps {
  readonly label: string;
  readonly count: number;
  readonly isRight: boolean;
  readonly isChosen: boolean;
  readonly onClick: () => void;
}

function CellButton({ label, count, isRight, isChosen, onClick }: CellButtonProps) {
  return (
    <button
      type="button"
      className={`${css.cell} ${count === 0 ? css.none : isRight ? css.right : css.wrong}`}
      aria-label={`${formatCount(count)}, ${label}`}
      aria-pressed={isChosen}
      onClick={onClick}
    >
      {formatCount(count)}
    </button>
  );
}
