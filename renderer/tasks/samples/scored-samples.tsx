// Samples of the scored part in a table; a click shows one as a whole, to be read, heard or looked at.
import { Button } from '@mantine/core';
import { Fragment, type ReactNode, useState } from 'react';
import { SampleView } from '../../features/data/samples/sample-view.tsx';
import { Panel, TableScroll } from '../../ui/page.tsx';
import css from '../classify/classify.module.css';

interface Listed {
  /** Row in the dataset. */
  readonly sample: number;
  readonly name: string;
  readonly text: string;
}

interface ScoredSamplesProps<Sample extends Listed> {
  readonly title: string;
  /** Shows all of them again, where some were chosen. */
  readonly onAll?: (() => void) | undefined;
  /** Of the run; null where its samples are windows of series. */
  readonly data: { readonly dataset: string; readonly version: number } | null;
  readonly samples: readonly Sample[];
  /** Behind the name and the input. */
  readonly columns: readonly {
    readonly title: string;
    readonly isNumber?: boolean;
    readonly cellOf: (sample: Sample) => ReactNode;
  }[];
}

export function ScoredSamples<Sample extends Listed>(props: ScoredSamplesProps<Sample>) {
  const { title, onAll, data, samples, columns } = props;
  const [open, setOpen] = useState<number | null>(null);
  return (
    <Panel
      title={title}
      actions={
        onAll && (
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
                {columns.map((column) => (
                  <th key={column.title} scope="col" className={column.isNumber ? 'num' : ''}>
                    {column.title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {samples.map((one) => (
                <Fragment key={one.sample}>
                  <tr>
                    <td title={one.name}>
                      <Button
                        variant="subtle"
                        size="compact-xs"
                        aria-expanded={open === one.sample}
                        disabled={data === null}
                        onClick={() => setOpen(open === one.sample ? null : one.sample)}
                      >
                        <span className={css.className}>{one.name}</span>
                      </Button>
                    </td>
                    <td title={one.text}>
                      <span className={css.sampleText}>{one.text}</span>
                    </td>
                    {columns.map((column) => (
                      <td key={column.title} className={column.isNumber ? 'num' : ''}>
                        {column.cellOf(one)}
                      </td>
                    ))}
                  </tr>
                  {open === one.sample && data && (
                    <tr>
                      <td colSpan={2 + columns.length}>
                        <SampleView {...data} row={one.sample} />
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
