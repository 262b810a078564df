// The samples of a dataset, a page at a time; a click shows one as a whole.
import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DatasetDetail } from '../../../../engine/contract/datasets/dataset.ts';
import type { SamplesInfo } from '../../../../engine/contract/datasets/samples.ts';
import { useEngine } from '../../../engine/engine-context.tsx';
import { keys } from '../../../engine/queries.ts';
import { formatCount } from '../../../ui/format.ts';
import { ErrorMessage } from '../../../ui/messages.tsx';
import { Panel } from '../../../ui/page.tsx';
import { openedPicture, stillsIn } from '../../../ui/still.tsx';
import { SampleRows } from './sample-rows.tsx';
import { SampleView } from './sample-view.tsx';
import css from './samples.module.css';

const PAGE = 20;

interface SampleTableProps {
  readonly dataset: DatasetDetail;
  readonly info: SamplesInfo;
}

export function SampleTable({ dataset, info }: SampleTableProps) {
  const engine = useEngine();
  const [label, setLabel] = useState<string | null>(null);
  const [from, setFrom] = useState(0);
  const [open, setOpen] = useState<number | null>(null);
  const request = {
    dataset: dataset.id,
    version: dataset.version,
    from,
    most: PAGE,
    ...(label === null ? {} : { label }),
  };
  const { data, error } = useQuery({
    queryKey: [...keys.datasets, 'samples', request],
    queryFn: async ({ signal }) => {
      const page = await engine.samples.list(request, { signal });
      return { ...page, stills: page.pictures ? stillsIn(await openedPicture(page.pictures)) : [] };
    },
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const show = (next: number) => {
    setFrom(next);
    setOpen(null);
  };
  const total = data?.total ?? 0;
  return (
    <Panel title="Samples">
      <div className={css.filter}>
        {info.label !== null && (
          <Select
            label={`Of the ${info.label}`}
            placeholder="All"
            data={info.classes.map(({ name }) => name)}
            value={label}
            onChange={(next) => {
              setLabel(next);
              show(0);
            }}
            clearable
            searchable
            w={200}
          />
        )}
        <Button variant="default" disabled={from === 0} onClick={() => show(Math.max(0, from - PAGE))}>
          Previous
        </Button>
        <Button variant="default" disabled={from + PAGE >= total} onClick={() => show(from + PAGE)}>
          Next
        </Button>
        <span className={`muted num ${css.pageCount}`} role="status">
          {total === 0
            ? ''
            : `${formatCount(from + 1)} to ${formatCount(Math.min(total, from + PAGE))} of ${formatCount(total)}`}
        </span>
      </div>
      {error && <ErrorMessage error={error} />}
      {!data && !error && <p className="muted">Reading the samples …</p>}
      {data && (
        <SampleRows
          samples={data.samples}
          stills={data.stills}
          info={info}
          open={open}
          onOpen={(row) => setOpen(row === open ? null : row)}
          view={(row) => <SampleView dataset={dataset.id} version={dataset.version} row={row} />}
        />
      )}
    </Panel>
  );
}
