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

/** Of samples that were shown as examples only the columns that those leave out. */
export function HeadTable({ preview: whole, options, onChange }: HeadTableProps) {
  const preview = withoutExamples(whole);
  const { recipe, head, samples } = preview;
  if (head.columns.length === 0) return null;
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

/** Where the first rows are the examples: the columns that those leave out, each row with the name of its sample. */
function withoutExamples(preview: ImportPreview): ImportPreview {
  const { head, samples, examples = [] } = preview;
  if (!samples || samples.input === null || examples.length === 0) return preview;
  const shown = [samples.input, besideInput(samples), samples.group];
  const names = head.rows.map((_, at) => examples.find(({ row }) => row === at)?.name);
  // The examples are other rows: of each class some.
  if (names.includes(undefined)) return preview;
  const isNew = (column: string, index: number) =>
    !shown.includes(column) && !head.rows.every((row, at) => row[index] === names[at]);
  const kept = head.columns.flatMap((column, index) => (isNew(column, index) ? [index] : []));
  if (kept.length === 0) return { ...preview, head: { columns: [], rows: [] } };
  const title = head.columns.includes('Sample') ? 'Name of the sample' : 'Sample';
  return {
    ...preview,
    head: {
      columns: [title, ...kept.map((index) => head.columns[index]!)],
      rows: head.rows.map((row, at) => [names[at] ?? '', ...kept.map((index) => row[index]!)]),
    },
  };
}

function kindOf({ seriesInfo }: ImportPreview, index: number): string {
  return index === 0 ? 'time' : (seriesInfo[0]?.columns[index - 1]?.kind ?? 'category');
}
