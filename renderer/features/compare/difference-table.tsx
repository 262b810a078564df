// A table of only those configuration values that are not the same in all runs.
import type { Comparison, RunSummary } from '../../../engine/contract/run.ts';
import { TableScroll } from '../../ui/page.tsx';
import classes from './compare.module.css';
import { colorOf } from './run-color.ts';

interface DifferenceTableProps {
  readonly runs: readonly RunSummary[];
  readonly differences: Comparison['differences'];
}

export function DifferenceTable({ runs, differences }: DifferenceTableProps) {
  if (differences.length === 0) {
    return <span className="muted">Nothing: these runs have the same configuration, seed and all.</span>;
  }
  return (
    <TableScroll label="What differs">
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">Setting</th>
            {runs.map((run, index) => (
              <th key={run.id} scope="col">
                <span className={classes.swatch} style={{ background: `var(${colorOf(index)})` }} />
                {run.id} {run.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {differences.map(({ path, values }) => (
            <tr key={path}>
              <th scope="row" className="mono">
                {path}
              </th>
              {values.map((value, index) => (
                <td key={runs[index]?.id} className="mono">
                  {textOf(value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '–';
  return Array.isArray(value) ? value.join(', ') : String(value);
}
