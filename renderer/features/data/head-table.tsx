// The first rows of what is imported, by column; of series a column can be pointed at.
import type { ImportOptions } from '../../../engine/contract/datasets/dataset.ts';
import { besideInput } from '../../../engine/contract/datasets/samples.ts';
import type { ImportPreview } from '../../../engine/contract/datasets/views.ts';
import classes from './data.module.css';
import { PointedColumn } from './pointed-column.tsx';

interface HeadTableProps {
  readonly preview: ImportPreview;
  readonly options: ImportOptions;
  readonly onChange: (options: ImportOptions) => void;
}

/** Nothing where the examples of samples show all columns. */
export function HeadTable({ preview, options, onChange }: HeadTableProps) {
  const { recipe, head, samples } = preview;
  const shown = samples ? [samples.input, besideInput(samples), samples.group] : [];
  if (samples && head.columns.every((column) => shown.includes(column))) return null;
  return (
    <div className={classes.headTable}>
      <table className="plain-table">
        <thead>
          <tr>
            {head.columns.map((column, index) => (
              <th key={column} scope="col" className={kindOf(preview, index) === 'numeric' ? 'num' : ''}>
                {samples ? (
                  <div className={classes.headCell} title={column}>
                    {column}
                  </div>
                ) : (
                  <PointedColumn
                    column={column}
                    isTime={index === 0}
                    isLong={recipe.layout === 'long'}
                    options={options}
                    onChange={onChange}
                  />
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {head.rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows never change their order, and recordings of one length look alike
            <tr key={`${at} ${row[0]}`}>
              {row.map((text, index) => (
                <td
                  key={head.columns[index]}
                  className={kindOf(preview, index) === 'numeric' ? 'num' : 'ellipsis'}
                >
                  <div className={classes.headCell} title={text}>
                    {text === '' ? <span className="muted">missing</span> : text}
                  </div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function kindOf({ seriesInfo }: ImportPreview, index: number): string {
  return index === 0 ? 'time' : (seriesInfo[0]?.columns[index - 1]?.kind ?? 'category');
}
