// The findings of an import: rows, series, time, first rows, and every unreadable row with its reason.
import { Button, Group } from '@mantine/core';
import { type ImportOptions, type ImportReport, NO_LINE } from '../../../engine/contract/datasets/dataset.ts';
import type { Finding } from '../../../engine/contract/datasets/findings.ts';
import type { ImportPreview } from '../../../engine/contract/datasets/views.ts';
import { notesBeside } from '../../../engine/words/findings.ts';
import { seriesNames } from '../../../engine/words/series-names.ts';
import { formatCount, formatDataTime, plural } from '../../ui/format.ts';
import { Note } from '../../ui/messages.tsx';
import classes from './data.module.css';
import { FindingsList } from './findings-list.tsx';
import { HeadTable } from './head-table.tsx';
import { ExampleList } from './samples/example-list.tsx';
import { SamplesPreview } from './samples-panels.tsx';

interface Props {
  /** With the chosen remedies. */
  readonly preview: ImportPreview;
  /** Without them. */
  readonly findings: readonly Finding[];
  readonly options: ImportOptions;
  readonly onChange: (options: ImportOptions) => void;
  readonly stale: boolean;
  /** Takes a value that was found to be missing. */
  readonly onMissing: (value: string) => void;
  /** Findings whose remedies are chosen, by number. */
  readonly remedies: ReadonlySet<number>;
  readonly onRemedy: (index: number, isChosen: boolean) => void;
}

export function ImportFindings({
  preview,
  findings,
  options,
  onChange,
  stale,
  onMissing,
  remedies,
  onRemedy,
}: Props) {
  const { report, recipe, seriesInfo, samples } = preview;
  const [first] = seriesInfo;
  const named = seriesNames(preview);
  // A finding that reads the value as missing offers it already.
  const offered = new Set(findings.flatMap(({ remedy }) => remedy?.missing ?? []));
  const farValues = (report.farValues ?? []).filter((value) => !offered.has(value));
  return (
    <div className={classes.stack} style={{ opacity: stale ? 0.6 : 1 }} aria-busy={stale}>
      <div className={classes.figures}>
        <Figure name={samples ? 'Samples' : 'Rows'} value={formatCount(report.rowsKept)} />
        <Figure name="Set aside" value={formatCount(report.rowsSetAside)} />
        {samples && samples.label !== null && (
          <Figure name="Classes" value={formatCount(samples.classes.length)} />
        )}
        {!samples && <Figure name="Series" value={formatCount(seriesInfo.length)} />}
        <Figure name="Columns" value={formatCount((samples ?? first)?.columns.length)} />
        {first && <Figure name="Every" value={first.frequency} />}
        {first && (
          <Figure
            name="Time"
            value={`${formatDataTime(first.startUs, first.stepUs)} – ${formatDataTime(first.endUs, first.stepUs)}`}
          />
        )}
        {recipe.delimiter !== '' && (
          <Figure name="Separator" value={SEPARATORS[recipe.delimiter] ?? recipe.delimiter} />
        )}
      </div>
      {samples && <SamplesPreview info={samples} />}
      {samples && <ExampleList info={samples} examples={preview.examples ?? []} />}
      {named !== null && (
        <span className="muted">
          {named}. The first rows of {first?.name}:
        </span>
      )}
      {notesBeside({ notes: report.notes, findings: [...findings, ...(report.findings ?? [])] }).map(
        (note) => (
          <Note key={note}>{note}</Note>
        ),
      )}
      {farValues.length > 0 && (
        <Group gap="xs">
          {farValues.map((value) => (
            <Button key={value} size="compact-sm" variant="light" onClick={() => onMissing(value)}>
              Read {value} as missing
            </Button>
          ))}
        </Group>
      )}
      <FindingsList findings={findings} chosen={remedies} onChoose={onRemedy} />
      <HeadTable preview={preview} options={options} onChange={onChange} />
      <SetAsideTable report={report} />
    </div>
  );
}

const SEPARATORS: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
};

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className={classes.figure}>
      <span className={classes.figureName}>{name}</span>
      <span className={classes.figureValue}>{value}</span>
    </div>
  );
}

const MOST_SHOWN = 100;

interface SetAsideTableProps {
  readonly report: ImportReport;
  /** Writes all of them into a file; absent before the import. */
  readonly onSave?: () => void;
}

/** Rows that cannot be read: kept aside, never dropped silently. */
export function SetAsideTable({ report, onSave }: SetAsideTableProps) {
  if (report.rowsSetAside === 0) return null;
  const shown = report.setAside.slice(0, MOST_SHOWN);
  const isOfFiles = shown[0]?.line === NO_LINE;
  return (
    <details className={classes.aside} open={shown.length <= 10}>
      <summary>{plural(report.rowsSetAside, isOfFiles ? 'file' : 'row')} set aside</summary>
      <div className={classes.asideRows}>
        <table className="plain-table">
          <thead>
            <tr>
              {!isOfFiles && (
                <>
                  <th scope="col" className="num">
                    Line
                  </th>
                  <th scope="col">Column</th>
                </>
              )}
              <th scope="col">Why</th>
              <th scope="col">{isOfFiles ? 'File' : 'Raw text'}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={`${row.line} ${row.column} ${row.raw}`}>
                {!isOfFiles && (
                  <>
                    <td className="num">{formatCount(row.line)}</td>
                    <td>{row.column ?? '–'}</td>
                  </>
                )}
                <td>{row.reason}</td>
                <td className="mono ellipsis" style={{ maxWidth: 320 }} title={row.raw}>
                  {row.raw}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {onSave && (
          <Button variant="default" size="compact-sm" mt={8} onClick={onSave}>
            {report.rowsSetAside === 1 ? 'Save it' : `Save all ${formatCount(report.rowsSetAside)}`} as CSV
          </Button>
        )}
        {report.rowsSetAside > shown.length && (
          <p className="muted">
            The first {shown.length} of {formatCount(report.rowsSetAside)} are shown.
          </p>
        )}
      </div>
    </details>
  );
}
