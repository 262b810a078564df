// Samples as rows of a table; a click shows one as a whole below its row.
import { Button } from '@mantine/core';
import { Fragment } from 'react';
import type { SampleRow } from '../../../../engine/contract/datasets/sample-views.ts';
import { besideInput, type SamplesInfo } from '../../../../engine/contract/datasets/samples.ts';
import { TableScroll } from '../../../ui/page.tsx';
import { Still, type StillPicture } from '../../../ui/still.tsx';
import css from './samples.module.css';

/** Pixels of a side. */
const STILL = 40;

interface SampleRowsProps {
  readonly samples: readonly SampleRow[];
  /** Of the samples, where they are pictures. */
  readonly stills: readonly StillPicture[];
  readonly info: SamplesInfo;
  readonly open: number | null;
  readonly onOpen: (row: number) => void;
  readonly view: (row: number) => React.ReactNode;
}

export function SampleRows({ samples, stills, info, open, onOpen, view }: SampleRowsProps) {
  const beside = besideInput(info);
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
