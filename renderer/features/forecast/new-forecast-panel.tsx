// New data for a trained model: choose or drop a file, and see a forecast of what comes after its last row.
import { Button } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import type { Forecaster } from '../../../engine/contract/results/new-data.ts';
import { useDropTarget } from '../../app/drop-target.ts';
import { useShell } from '../../app/shell-context.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { formatCount, plural } from '../../ui/format.ts';
import { ErrorMessage } from '../../ui/messages.tsx';
import { Panel } from '../../ui/page.tsx';
import { Working } from '../../ui/working.tsx';
import { SetAsideTable } from '../data/import-findings.tsx';
import { TABLES } from '../data/import-state.ts';
import classes from './forecast.module.css';
import { ForecastResult } from './forecast-result.tsx';
import { cancelForecast, type NewForecast, startForecast, useNewForecast } from './new-forecast.ts';

export interface Wanted {
  /** Columns that a file must have, beside its time. */
  readonly columns: readonly string[];
  readonly lookback: number;
  readonly horizon: number;
  /** `1 day`; empty where it is not known. */
  readonly frequencies: readonly string[];
  readonly dataset: string;
}

interface NewForecastPanelProps {
  readonly model: Forecaster;
  readonly wanted: Wanted;
  /** For the name of the file that the forecast is saved as. */
  readonly name: string;
}

export function NewForecastPanel({ model, wanted, name }: NewForecastPanelProps) {
  const engine = useEngine();
  const shell = useShell();
  const { working, failure, result } = useNewForecast(model);
  const choose = () =>
    startForecast(engine, model, (options) =>
      shell.pickFile({ title: 'Forecast new data', filters: TABLES, ...options }),
    );
  useDropTarget('Drop the file to forecast what comes after it', (file) => {
    void startForecast(engine, model, (options) => shell.fileFromDrop(file, options));
  });
  return (
    <div className={classes.stack}>
      <Panel>
        <div className={`${classes.choose} ${result ? '' : classes.first}`}>
          <IconFileUpload size={28} stroke={1.3} aria-hidden className={classes.icon ?? ''} />
          <div className={classes.wanted}>
            <span className={classes.title}>
              {result ? 'Drop another file here, or choose one' : 'Drop a file here, or choose one'}
            </span>
            <WantedText wanted={wanted} />
          </div>
          {!working && (
            <Button variant={result ? 'default' : 'filled'} onClick={choose}>
              {result ? 'Choose another file' : 'Choose a file'}
            </Button>
          )}
        </div>
        {working && (
          <div className={classes.below}>
            <Working key={working.what} {...working} onCancel={() => cancelForecast(model)} />
          </div>
        )}
        {failure && (
          <div className={classes.below}>
            <ErrorMessage error={failure.error} about={failure.fileName} />
          </div>
        )}
      </Panel>
      {result && <Result key={result.number} result={result} name={name} />}
    </div>
  );
}

function Result({ result, name }: { readonly result: NewForecast; readonly name: string }) {
  const { frame, csv, report, fileName } = result;
  const aside = report.rowsSetAside > 0 ? `, ${formatCount(report.rowsSetAside)} set aside` : '';
  return (
    <ForecastResult
      frame={frame}
      csv={csv}
      of={fileName}
      rows={`${plural(report.rowsRead, 'row')} read${aside}`}
      known="in the file"
      name={`${name} forecast of ${fileName.replace(/\.[^.]+$/, '')}`}
    >
      {report.rowsSetAside > 0 && (
        <Panel>
          <SetAsideTable report={report} />
        </Panel>
      )}
    </ForecastResult>
  );
}

function WantedText({ wanted }: { readonly wanted: Wanted }) {
  const { columns, lookback, horizon, frequencies, dataset } = wanted;
  const every = frequencies.filter((frequency) => frequency !== 'irregular').join(' or ');
  return (
    <span className={classes.text}>
      A table like {dataset}: a time{every && `, ${every} apart`}, and the{' '}
      {columns.length === 1 ? 'column' : 'columns'}{' '}
      {columns.map((column, index) => (
        <span key={column}>
          {index > 0 && ', '}
          <b>{column}</b>
        </span>
      ))}
      . At least {lookback} {lookback === 1 ? 'row' : 'rows'}; the next {horizon} are forecast. Nothing of it
      is kept.
    </span>
  );
}
