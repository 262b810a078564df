// A forecast of what comes after the last row: its basis, the chart, the values with their times, and the CSV.
import { Button, Select } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { Fragment, type ReactNode, useState } from 'react';
import type { NewForecastFrame } from '../../../engine/contract/results/forecast.ts';
import { useShell } from '../../app/shell-context.tsx';
import { LinePlot } from '../../charts/line-plot.tsx';
import { fileName, formatDataTime, formatKnown, formatNumber } from '../../ui/format.ts';
import { attempt, Note, notifyDone } from '../../ui/messages.tsx';
import { Panel } from '../../ui/page.tsx';
import classes from './forecast.module.css';
import { newForecastLines, newForecastRows, stepUsOf, widestBand } from './forecast-rows.ts';

interface ForecastResultProps {
  readonly frame: NewForecastFrame;
  readonly csv: Blob;
  /** After the last row of what. */
  readonly of: string;
  /** `80 rows read`: the basis of the forecast. */
  readonly rows: string;
  /** What the line of known values is called. */
  readonly known: string;
  /** Of the file that it is saved as. */
  readonly name: string;
  /** What else is to be said, below the values. */
  readonly children?: ReactNode;
}

export function ForecastResult({ frame, csv, of, rows, known, name, children }: ForecastResultProps) {
  const [series, setSeries] = useState(0);
  const [target, setTarget] = useState(0);
  const stepUs = stepUsOf(frame, series);
  const originUs = frame.header.originsUs[series] ?? 0;
  return (
    <>
      <Panel title={`After the last row of ${of}`} actions={<SaveButton csv={csv} name={name} />}>
        <p className={classes.read}>
          {rows}; the last one is of {formatDataTime(originUs, stepUs)}.
        </p>
        <LinePlot
          title={frame.header.targets[target] ?? ''}
          lines={newForecastLines(frame, { series, target, known })}
          height={280}
          xKind="time"
          formatX={(at) => formatDataTime(at, stepUs)}
          formatY={formatKnown}
          controls={
            <Choices
              frame={frame}
              series={series}
              onSeries={setSeries}
              target={target}
              onTarget={setTarget}
            />
          }
          markers={[{ at: originUs, label: 'last row' }]}
        />
      </Panel>
      {frame.header.notes.map((note) => (
        <Note key={note}>{note}</Note>
      ))}
      <Panel title="Forecast">
        <ForecastTable frame={frame} series={series} stepUs={stepUs} />
      </Panel>
      {children}
    </>
  );
}

interface ChoicesProps {
  readonly frame: NewForecastFrame;
  readonly series: number;
  readonly onSeries: (series: number) => void;
  readonly target: number;
  readonly onTarget: (target: number) => void;
}

function Choices({ frame, series, onSeries, target, onTarget }: ChoicesProps) {
  const { header } = frame;
  if (header.series.length === 1 && header.targets.length === 1) return null;
  const options = (names: readonly string[]) =>
    names.map((label, index) => ({ value: String(index), label }));
  return (
    <div className={classes.choices}>
      {header.series.length > 1 && (
        <Select
          aria-label="Series"
          data={options(header.series)}
          value={String(series)}
          onChange={(next) => onSeries(Number(next))}
          allowDeselect={false}
          searchable
          w={200}
        />
      )}
      {header.targets.length > 1 && (
        <Select
          aria-label="Target"
          data={options(header.targets)}
          value={String(target)}
          onChange={(next) => onTarget(Number(next))}
          allowDeselect={false}
          w={160}
        />
      )}
    </div>
  );
}

interface ForecastTableProps {
  readonly frame: NewForecastFrame;
  readonly series: number;
  readonly stepUs: number;
}

function ForecastTable({ frame, series, stepUs }: ForecastTableProps) {
  const { targets, series: names, levels } = frame.header;
  const band = widestBand(frame);
  const ends = band === null ? [] : [band.low, band.high].map((level) => percent(levels[level]!));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <section className={classes.table} aria-label="Forecast values" tabIndex={0}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col" className="num">
              Steps ahead
            </th>
            <th scope="col">Time (UTC)</th>
            {targets.map((name) => (
              <Fragment key={name}>
                <th scope="col" className="num">
                  {name}
                </th>
                {ends.map((end) => (
                  <th key={end} scope="col" className="num" title={`Quantile of ${name}`}>
                    {end}
                  </th>
                ))}
              </Fragment>
            ))}
          </tr>
        </thead>
        <tbody>
          {newForecastRows(frame, series).map(({ step, timeUs, values, ends: ofTargets }) => (
            <tr key={step}>
              <td className="num">{step}</td>
              <td className={classes.time}>{formatDataTime(timeUs, stepUs)}</td>
              {values.map((value, index) => (
                <Fragment key={targets[index]}>
                  <td className="num">{formatNumber(value, 6)}</td>
                  {ofTargets[index]?.map((end, at) => (
                    <td key={ends[at]} className={`num ${classes.end}`}>
                      {formatNumber(end, 6)}
                    </td>
                  ))}
                </Fragment>
              ))}
            </tr>
          ))}
        </tbody>
        <caption className={classes.caption}>
          {names.length > 1 ? `Series ${names[series]}. ` : ''}
          {targets.length === 1 ? "In the column's own unit." : "In each column's own unit."}
          {band && ` ${percent(band.nominal)} of the true values are to lie from ${ends.join(' to ')}.`} The
          CSV has every digit{band ? ', every quantile' : ''}
          {names.length > 1 ? ' and every series' : ''}.
        </caption>
      </table>
    </section>
  );
}

const percent = (share: number): string => `${Number((100 * share).toFixed(7))} %`;

function SaveButton({ csv, name }: { readonly csv: Blob; readonly name: string }) {
  const shell = useShell();
  const save = () =>
    attempt(async () => {
      const title = `${fileName(name)}.csv`;
      const saved = await shell.saveFiles(title, [{ name: title, content: csv }]);
      if (saved) notifyDone(`Saved: ${saved.destination}`);
    });
  return (
    <Button variant="default" leftSection={<IconDownload size={14} aria-hidden />} onClick={save}>
      Save as CSV
    </Button>
  );
}
