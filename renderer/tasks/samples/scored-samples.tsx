// Samples of the scored part in a table; a click shows one as a whole, to be read, heard or looked at.
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { SampleView } from '../../features/data/samples/sample-view.tsx';
import { OpenTable } from '../../ui/open-table.tsx';
import { Panel } from '../../ui/page.tsx';
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
        <OpenTable
          label="Samples"
          rows={samples}
          keyOf={({ sample }) => sample}
          columns={[
            {
              title: 'Sample',
              hintOf: ({ name }) => name,
              cellOf: ({ name }) => <span className={css.className}>{name}</span>,
            },
            {
              title: 'Input',
              hintOf: ({ text }) => text,
              cellOf: ({ text }) => <span className={css.sampleText}>{text}</span>,
            },
            ...columns,
          ]}
          opens="Sample"
          detailOf={data && (({ sample }) => <SampleView {...data} row={sample} />)}
        />
      )}
    </Panel>
  );
}
