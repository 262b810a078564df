// A table of texts and numbers whose cells do nothing: columns once, rows of cells.
import type { ReactNode } from 'react';
import { TableScroll } from './page.tsx';

export interface PlainColumn {
  readonly title: string;
  readonly isNumber?: boolean;
}

export interface PlainRow {
  readonly key: string;
  /** One for each column. */
  readonly cells: readonly ReactNode[];
  /** What the row means, for a pointer on its first cell. */
  readonly hint?: string;
}

interface PlainTableProps {
  /** For readers of the screen. */
  readonly label: string;
  readonly columns: readonly PlainColumn[];
  readonly rows: readonly PlainRow[];
}

export function PlainTable({ label, columns, rows }: PlainTableProps) {
  const classOf = (column: number) => (columns[column]?.isNumber ? 'num' : undefined);
  return (
    <TableScroll label={label}>
      <table className="plain-table">
        <thead>
          <tr>
            {columns.map(({ title }, column) => (
              <th key={title} scope="col" className={classOf(column)}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells, hint }) => (
            <tr key={key}>
              {cells.map((cell, column) => (
                <td
                  key={columns[column]?.title}
                  className={classOf(column)}
                  title={column === 0 ? hint : undefined}
                >
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}
