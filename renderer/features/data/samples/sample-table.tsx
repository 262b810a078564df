// The samples of a dataset, a page at a time; a click shows one as a whole.
import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import type { DatasetDetail } from '../../../../engine/contract/datasets/dataset.ts';
import type { SampleRow } from '../../../../engine/contract/datasets/sample-views.ts';
import type { SamplesInfo } from '../../../../engine/contract/datasets/samples.ts';
import { useEngine } from '../../../engine/engine-context.tsx';
import { keys } from '../../../engine/queries.ts';
import { formatCount } from '../../../ui/format.ts';
import { ErrorMessage } from '../../../ui/messages.tsx';
import { Panel, TableScroll } from '../../../ui/page.tsx';
import { openedPicture, Still, type StillPicture, stillsIn } from '../../../ui/still.tsx';
import { SampleView } from './sample-view.tsx';
import css from './samples.module.css';

const PAGE = 20;
/** Pixels of a side. */
const STILL = 40;

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
        <Button
          variant="default"
          size="compact-sm"
          disabled={from === 0}
          onClick={() => show(Math.max(0, from - PAGE))}
        >
          Previous
        </Button>
        <Button
          variant="default"
          size="compact-sm"
          disabled={from + PAGE >= total}
          onClick={() => show(from + PAGE)}
        >
          Next
        </Button>
        <span className="muted num" role="status">
          {total === 0
            ? ''
            : `${formatCount(from + 1)} to ${formatCount(Math.min(total, from + PAGE))} of ${formatCount(total)}`}
        </span>
      </div>
      {error && <ErrorMessage error={error} />}
      {data && (
        <Rows
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

interface RowsProps {
  readonly samples: readonly SampleRow[];
  /** Of the samples, where they are pictures. */
  readonly stills: readonly StillPicture[];
  readonly info: SamplesInfo;
  readonly open: number | null;
  readonly onOpen: (row: number) => void;
  readonly view: (row: number) => React.ReactNode;
}

function Rows({ samples, stills, info, open, onOpen, view }: RowsProps) {
  // Of pairs and of images with captions, what is to be written.
  const beside = info.label ?? info.value ?? info.pairs?.target ?? info.captions?.target ?? null;
  const heads = [
    'Sample',
    info.input ?? 'Input',
    ...(beside === null ? [] : [beside]),
    ...(info.group === null ? [] : [info.group]),
    ...(info.parts.length === 0 ? [] : ['Given part']),
  ];
  return (
    <TableScroll label="Samples">
      <table className="plain-table">
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {samples.map(({ row, name, group, part, label, shown }, index) => (
            <Fragment key={row}>
              <tr>
                <td>
                  <Button
                    variant="subtle"
                    size="compact-xs"
                    aria-expanded={open === row}
                    onClick={() => onOpen(row)}
                    title={name}
                  >
                    <span className={css.shown}>{name}</span>
                  </Button>
                </td>
                <td>
                  <div className={css.withStill}>
                    {stills[index] && <Still picture={stills[index]} size={STILL} label={name} />}
                    <span className={css.shown}>{shown}</span>
                  </div>
                </td>
                {beside !== null && <td>{label}</td>}
                {info.group !== null && <td>{group}</td>}
                {info.parts.length > 0 && <td>{part}</td>}
              </tr>
              {open === row && (
                <tr>
                  <td colSpan={heads.length}>{view(row)}</td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}
