// The figures of a lab's result; with a second result, lines lie over each other (its own dashed), maps and tables stand below.
import type { LabFigure, LabLines, LabMap, LabResult, LabTable } from '../../../engine/contract/labs.ts';
import type { Line } from '../../charts/draw.ts';
import { HeatMap } from '../../charts/heat-map.tsx';
import { LinePlot } from '../../charts/line-plot.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { Panel, TableScroll } from '../../ui/page.tsx';
import classes from './learn.module.css';

interface LabFiguresProps {
  readonly result: LabResult;
  readonly other: LabResult | null;
}

export function LabFigures({ result, other }: LabFiguresProps) {
  return result.outcome.figures.map((figure) => {
    const second = other?.outcome.figures.find(
      ({ title, kind }) => title === figure.title && kind === figure.kind,
    );
    return (
      <Panel key={figure.title}>
        <Figure figure={figure} name={`result ${result.id}`} second={second} />
        {second && second.kind !== 'lines' && other && (
          <>
            <p className={classes.other}>Result {other.id}</p>
            <Figure figure={second} name={`result ${other.id}`} second={undefined} />
          </>
        )}
      </Panel>
    );
  });
}

interface FigureProps {
  readonly figure: LabFigure;
  readonly name: string;
  readonly second: LabFigure | undefined;
}

function Figure({ figure, second }: FigureProps) {
  if (figure.kind === 'lines') {
    return <Lines figure={figure} second={second?.kind === 'lines' ? second : undefined} />;
  }
  return figure.kind === 'map' ? <ValueMap figure={figure} /> : <Table figure={figure} />;
}

function Lines({ figure, second }: { readonly figure: LabLines; readonly second: LabLines | undefined }) {
  const lines = [...linesOf(figure, ''), ...(second ? linesOf(second, 'other: ') : [])];
  return (
    <LinePlot
      title={`${figure.title} (${figure.yLabel})`}
      lines={lines}
      height={250}
      xKind={lines.every(({ x }) => Array.from(x).every(Number.isInteger)) ? 'count' : 'number'}
      xLabel={figure.xLabel}
      yScale={figure.yScale}
      formatX={(at) => `${figure.xLabel} ${formatCount(at)}`}
      formatTick={formatCount}
      formatY={(value) => formatNumber(value, 3)}
    />
  );
}

function linesOf({ lines }: LabLines, prefix: string): Line[] {
  return lines.map(({ name, x, y }, index) => ({
    id: `${prefix}${name}`,
    label: `${prefix}${name}`,
    color: `--hc-series-${(index % 10) + 1}`,
    x,
    y: y.map((value) => value ?? Number.NaN),
    dots: x.length <= 8,
    ...(prefix !== '' && { dash: [5, 3] }),
  }));
}

/** Characters that stand beside a map; longer names stand over it. */
const SHORT_NAME = 8;

function ValueMap({ figure }: { readonly figure: LabMap }) {
  const { x, values, range, lines, title, xLabel, isSigned } = figure;
  const step = (x[1] ?? 1) - (x[0] ?? 0);
  const [low, high] = range;
  return (
    <HeatMap
      title={title}
      height={Math.max(90, 40 + 16 * lines.length)}
      values={values.map((line) => Float32Array.from(line, (value) => value ?? Number.NaN))}
      from={Float64Array.from(x)}
      to={Float64Array.from(x, (at) => at + step)}
      xDomain={[x[0] ?? 0, (x.at(-1) ?? 0) + step]}
      xKind="count"
      xLabel={xLabel}
      formatX={(at) => `${xLabel} ${formatCount(Math.floor(at))}`}
      formatTick={(at) => formatCount(Math.floor(at))}
      range={{ low, high }}
      table={isSigned ? 'diverging' : 'sequential'}
      formatValue={(value) => formatNumber(value, 3)}
      nameLine={(line) => lines[line] ?? ''}
      labelLine={(line) => lines[line] ?? ''}
      hasLongLabels={lines.some(({ length }) => length > SHORT_NAME)}
    />
  );
}

function Table({ figure: { title, columns, rows } }: { readonly figure: LabTable }) {
  // Whole numbers among others have their decimals.
  const isWhole = columns.map((_, column) =>
    rows.every((row) => typeof row[column] !== 'number' || Number.isInteger(row[column])),
  );
  return (
    <>
      <h2 className={classes.tableTitle}>{title}</h2>
      <TableScroll label={title}>
        <table className="plain-table">
          <thead>
            <tr>
              {columns.map((name, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have one name
                <th key={index} scope="col" className={index === 0 ? undefined : 'num'}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows never change
              <tr key={index}>
                {row.map((cell, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: cells never change
                  <td key={column} className={column === 0 ? undefined : 'num'}>
                    {typeof cell === 'string'
                      ? cell
                      : isWhole[column]
                        ? formatCount(cell)
                        : formatNumber(cell)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </>
  );
}
