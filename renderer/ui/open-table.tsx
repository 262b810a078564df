// A table whose rows open: a button in one of the cells shows more of its row below it.
import { Button } from '@mantine/core';
import { Fragment, type ReactNode, useState } from 'react';
import css from './open-table.module.css';
import { TableScroll } from './page.tsx';

export interface OpenColumn<Row> {
  readonly title: string;
  readonly isNumber?: boolean;
  readonly className?: string | undefined;
  readonly hintOf?: (row: Row) => string;
  readonly cellOf: (row: Row) => ReactNode;
}

interface OpenTableProps<Row> {
  /** For readers of screens. */
  readonly label: string;
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => number;
  readonly columns: readonly OpenColumn<Row>[];
  /** The column whose cells are the buttons, and their name where the cell itself is none. */
  readonly opens: string;
  readonly nameOf?: (row: Row) => string;
  /** Null: nothing opens. */
  readonly detailOf: ((row: Row) => ReactNode) | null;
}

export function OpenTable<Row>(props: OpenTableProps<Row>) {
  const { label, rows, keyOf, columns, opens, nameOf, detailOf } = props;
  const [open, setOpen] = useState<number | null>(null);
  const classOf = ({ isNumber, className }: OpenColumn<Row>) => (isNumber ? 'num' : className);
  return (
    <TableScroll label={label}>
      <table className="plain-table">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.title} scope="col" className={column.isNumber ? 'num' : undefined}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const key = keyOf(row);
            const isOpen = open === key;
            return (
              <Fragment key={key}>
                <tr>
                  {columns.map((column) => (
                    <td key={column.title} className={classOf(column)} title={column.hintOf?.(row)}>
                      {column.title === opens ? (
                        <Button
                          variant="subtle"
                          size="compact-xs"
                          classNames={{ label: css.label }}
                          aria-expanded={isOpen}
                          aria-label={nameOf?.(row)}
                          disabled={detailOf === null}
                          onClick={() => setOpen(isOpen ? null : key)}
                        >
                          {column.cellOf(row)}
                        </Button>
                      ) : (
                        column.cellOf(row)
                      )}
                    </td>
                  ))}
                </tr>
                {isOpen && detailOf && (
                  <tr>
                    <td colSpan={columns.length}>{detailOf(row)}</td>
                  </tr>
                )}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </TableScroll>
  );
}
