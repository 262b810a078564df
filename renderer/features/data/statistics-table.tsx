// Statistics of all columns as one table that any of them sorts.
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ColumnStatistics } from '../../../engine/contract/datasets/views.ts';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { Panel } from '../../ui/page.tsx';
import classes from './data.module.css';
import { type SortOrder, STATISTICS, type StatisticsColumn, sortedStatistics } from './statistics-order.ts';

const MOST_SHOWN = 500;
/** With more columns a field finds them. */
const FEWEST_FILTERED = 12;

/** The same table while its numbers are computed: as high as it will be. */
export function AwaitedStatistics({ names }: { readonly names: readonly string[] }) {
  return (
    <Panel title="Statistics">
      <div className={classes.stack}>
        {names.length > FEWEST_FILTERED && <div className={classes.filterPlace} />}
        <div className={classes.headTable}>
          <table className={`plain-table ${classes.statistics}`} aria-busy="true">
            <thead>
              <tr>
                {STATISTICS.map(({ key, title }) => (
                  <th key={key} scope="col" className={key === 'name' ? '' : 'num'}>
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {names.slice(0, MOST_SHOWN).map((name) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  {STATISTICS.slice(1).map(({ key }) => (
                    <td key={key} className="num muted">
                      …
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {names.length > MOST_SHOWN && <span className="muted">…</span>}
      </div>
    </Panel>
  );
}

export function StatisticsTable({ statistics }: { readonly statistics: readonly ColumnStatistics[] }) {
  const [order, setOrder] = useState<SortOrder | null>(null);
  const [filter, setFilter] = useState('');
  const words = filter.trim().toLowerCase();
  const named = statistics.filter(({ name }) => name.toLowerCase().includes(words));
  const shown = sortedStatistics(named, order).slice(0, MOST_SHOWN);
  return (
    <Panel title="Statistics">
      <div className={classes.stack}>
        {statistics.length > FEWEST_FILTERED && (
          <TextInput
            aria-label="Columns with"
            placeholder="Columns with …"
            value={filter}
            onChange={(event) => setFilter(event.currentTarget.value)}
            w={220}
          />
        )}
        <div className={classes.headTable}>
          <table className={`plain-table ${classes.statistics}`}>
            <thead>
              <tr>
                {STATISTICS.map((column) => (
                  <SortHead key={column.key} column={column} order={order} onSort={setOrder} />
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((one) => (
                <tr key={one.name}>
                  <th scope="row">{one.name}</th>
                  {STATISTICS.slice(1).map(({ key, isCount }) => (
                    <td key={key} className="num">
                      {isCount ? formatCount(Number(one[key])) : formatNumber(Number(one[key]))}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {named.length > shown.length && (
          <span className="muted">
            The first {formatCount(shown.length)} of {formatCount(named.length)} columns.
          </span>
        )}
      </div>
    </Panel>
  );
}

interface SortHeadProps {
  readonly column: StatisticsColumn;
  readonly order: SortOrder | null;
  readonly onSort: (order: SortOrder) => void;
}

function SortHead({ column: { key, title }, order, onSort }: SortHeadProps) {
  const isSorted = order?.key === key;
  // Of numbers the largest first, as a question for them mostly is.
  const descending = isSorted ? !order.descending : key !== 'name';
  return (
    <th
      scope="col"
      className={key === 'name' ? '' : 'num'}
      aria-sort={isSorted ? (order.descending ? 'descending' : 'ascending') : 'none'}
    >
      <button type="button" className={classes.sort ?? ''} onClick={() => onSort({ key, descending })}>
        {title}
        {isSorted && (order.descending ? ' ↓' : ' ↑')}
      </button>
    </th>
  );
}
