// A table of the statistics, and a card for each column: quantiles, missing values, distribution and autocorrelation.
import { useQuery } from '@tanstack/react-query';
import type { ColumnInfo, DatasetDetail, SeriesInfo } from '../../../engine/contract/datasets/dataset.ts';
import type { ColumnStatistics } from '../../../engine/contract/datasets/views.ts';
import { Bars } from '../../charts/bars.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { keys } from '../../engine/queries.ts';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { Facts, Panel } from '../../ui/page.tsx';
import classes from './data.module.css';
import { AwaitedStatistics, StatisticsTable } from './statistics-table.tsx';

export function ColumnCards({
  dataset,
  series,
}: {
  readonly dataset: DatasetDetail;
  readonly series: SeriesInfo;
}) {
  const engine = useEngine();
  const request = { dataset: dataset.id, version: dataset.version, series: series.name };
  const { data, isError } = useQuery({
    queryKey: [...keys.datasets, 'statistics', request],
    queryFn: () => engine.datasets.statistics(request),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const names = series.columns.filter(({ kind }) => kind === 'numeric').map(({ name }) => name);
  const statistics = data ?? [];
  // What stands below does not move when the numbers come.
  const isExpected = data === undefined && !isError && names.length > 1;
  return (
    <>
      {isExpected && <AwaitedStatistics names={names} />}
      {statistics.length > 1 && <StatisticsTable statistics={statistics} />}
      {series.columns.length <= MOST_CARDS && <Cards series={series} statistics={statistics} />}
    </>
  );
}

/** More columns are in the table alone. */
const MOST_CARDS = 60;

interface CardsProps {
  readonly series: SeriesInfo;
  readonly statistics: readonly ColumnStatistics[];
}

function Cards({ series, statistics }: CardsProps) {
  return (
    <div className={classes.columnGrid}>
      {series.columns.map((column) => (
        <Panel key={column.name}>
          {column.kind === 'category' ? (
            <CategoryCard column={column} />
          ) : (
            <NumericCard column={column} statistics={statistics.find(({ name }) => name === column.name)} />
          )}
        </Panel>
      ))}
    </div>
  );
}

function Title({ column }: { readonly column: ColumnInfo }) {
  return (
    <h2 className={classes.columnTitle} style={{ fontSize: '0.8125rem' }}>
      {column.name}
      <small>{column.missing > 0 ? `${formatCount(column.missing)} missing` : 'none missing'}</small>
    </h2>
  );
}

function CategoryCard({ column }: { readonly column: ColumnInfo }) {
  const categories = column.categories ?? [];
  return (
    <div>
      <Title column={column} />
      <div className={classes.categories} style={{ paddingTop: 8 }}>
        {categories.slice(0, 40).map((category) => (
          <code key={category} className="mono">
            {category}
          </code>
        ))}
        {categories.length > 40 && (
          <span className="muted">and {formatCount(categories.length - 40)} more</span>
        )}
      </div>
    </div>
  );
}

interface NumericCardProps {
  readonly column: ColumnInfo;
  readonly statistics: ColumnStatistics | undefined;
}

function NumericCard({ column, statistics }: NumericCardProps) {
  const number = (value: number | null | undefined) => <span className="num">{formatNumber(value)}</span>;
  return (
    <div className={classes.columnCard}>
      <Title column={column} />
      <Facts
        rows={[
          ['Mean', number(column.mean)],
          ['Std. dev.', number(statistics?.std)],
          ['Smallest', number(column.min)],
          ['Median', number(statistics?.median)],
          ['Largest', number(column.max)],
        ]}
      />
      <div className={classes.columnCharts}>
        <div className={classes.smallTitle}>Distribution</div>
        {statistics && (
          <Bars
            values={statistics.histogram}
            width={150}
            height={40}
            label={`Distribution of ${column.name}`}
          />
        )}
        {statistics?.autocorrelation && (
          <>
            <div className={classes.smallTitle} style={{ marginTop: 6 }}>
              Autocorrelation, {statistics.autocorrelation.length} rows
            </div>
            <Bars
              values={statistics.autocorrelation}
              domain={[-1, 1]}
              width={150}
              height={64}
              label={`Autocorrelation of ${column.name}`}
            />
          </>
        )}
      </div>
    </div>
  );
}
