// A table of only those configuration values that are not the same in all runs: first what all of them have, such as the seed, then the
// options of single kinds of models.
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Comparison } from '../../../engine/contract/runs/run.ts';
import { plural } from '../../ui/format.ts';
import { TableScroll } from '../../ui/page.tsx';
import classes from './compare.module.css';
import type { Compared } from './compared.ts';
import { splitDifferences } from './split-differences.ts';

interface DifferenceTableProps {
  readonly compared: readonly Compared[];
  readonly differences: Comparison['differences'];
}

export function DifferenceTable({ compared, differences }: DifferenceTableProps) {
  const [showsAll, setShowsAll] = useState(false);
  const [ofAll, ofSome] = splitDifferences(differences);
  if (differences.length === 0) {
    return <span className="muted">Nothing: these runs have the same configuration, seed and all.</span>;
  }
  const shown = showsAll || ofAll.length === 0 ? [...ofAll, ...ofSome] : ofAll;
  const left = differences.length - shown.length;
  return (
    <>
      <TableScroll label="What differs">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">Setting</th>
              {compared.map(({ key, label, color }) => (
                <th key={key} scope="col">
                  <span className={classes.swatch} style={{ background: `var(${color})` }} />
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ path, values }) => (
              <tr key={path}>
                <th scope="row" className="mono">
                  {path}
                </th>
                {compared.map(({ key, positions }) => (
                  <td key={key} className="mono">
                    {distinctText(positions.map((position) => values[position]))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
      {left > 0 && (
        <Button
          variant="subtle"
          size="compact-xs"
          className={classes.more ?? ''}
          onClick={() => setShowsAll(true)}
        >
          {plural(left, 'setting')} that only some of them have
        </Button>
      )}
    </>
  );
}

/** What the runs of a study have, each value once. */
const distinctText = (values: readonly unknown[]): string => [...new Set(values.map(textOf))].join(' · ');

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '–';
  return Array.isArray(value) ? value.join(', ') : String(value);
}
