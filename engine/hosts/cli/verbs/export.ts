// `hindcast export RUN`: writes the files of a run into a folder, or its forecasts alone into one CSV file.
import { extname } from 'node:path';
import type { EngineClient } from '../../../connect/connection.ts';
import type { Verification } from '../../../contract/results/new-data.ts';
import type { ExportFormat, ReportFigure } from '../../../contract/runs/export.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import type { RunReference } from '../../../contract/values/ids.ts';
import type { TableViewName } from '../../../tables/inside/registry.ts';
import { reportFigures, reportViews } from '../../../tables/inside/report-views.ts';
import type { Outcome, VerbContext } from '../context.ts';
import { refuseExisting, writeNewFile, writeNewFolder } from '../files.ts';
import { counted, formatBytes } from '../text/format.ts';
import { UsageError } from '../usage.ts';

export interface ExportArguments {
  readonly run: RunReference;
  readonly format: ExportFormat;
  readonly out: string;
  readonly force?: boolean;
  readonly guardFormulas?: boolean;
  /** Views into the model, of a report; `all`: those that it has. */
  readonly inside?: readonly (TableViewName | typeof ALL_VIEWS)[];
}

export const ALL_VIEWS = 'all';

export async function exportRun(context: VerbContext, given: ExportArguments): Promise<Outcome> {
  const { run, format, out } = given;
  const force = given.force ?? false;
  if (given.inside && format !== 'report') {
    throw new UsageError('--inside puts views into a report; it goes with --format report.', {
      option: '--inside',
    });
  }
  const single = SINGLE_FILES[format];
  const isSingleFile = single !== undefined && extname(out).toLowerCase() === single.ending;
  // Before the engine works for nothing.
  await refuseExisting(out, isSingleFile ? 'file' : 'folder', force);
  const { client } = await context.connect('existing');
  const { files, verified } = await client.runs.export({
    run,
    format,
    guardFormulas: given.guardFormulas ?? true,
    ...(given.inside && { figures: await figuresOf(client, run, given.inside) }),
  });
  const contents = await Promise.all(
    files.map(async ({ name, content }) => ({ name, bytes: new Uint8Array(await content.arrayBuffer()) })),
  );
  const written = isSingleFile ? [onlyFile(contents, single.name)] : contents;
  if (isSingleFile) await writeNewFile(out, written[0]!.bytes, force);
  else await writeNewFolder(out, written, force);
  const bytes = written.reduce((sum, file) => sum + file.bytes.length, 0);
  const names = written.map((file) => file.name);
  const sizes = written.map((file) => ({ name: file.name, bytes: file.bytes.length }));
  const wrote = isSingleFile
    ? `Wrote the ${single.what} to ${out} (${formatBytes(bytes)}).`
    : `Wrote ${counted(names.length, 'file')} to ${out} (${formatBytes(bytes)}): ${names.join(', ')}.`;
  return {
    json: { run, format, out, files: sizes, ...(verified && { verified }) },
    text: verified ? `${wrote}\n${checkedText(verified)}` : wrote,
  };
}

async function figuresOf(
  client: EngineClient,
  run: RunReference,
  wanted: NonNullable<ExportArguments['inside']>,
): Promise<ReportFigure[]> {
  const views = wanted.filter((view) => view !== ALL_VIEWS);
  const all = views.length < wanted.length ? await reportViews(client, run) : [];
  return reportFigures(client, run, [...new Set([...all, ...views])]);
}

const checkedText = ({ windows, measured, largestDifference, tolerance }: Verification): string =>
  measured === 'probabilities'
    ? `Checked on ${counted(windows, 'sample')}: stock TensorFlow.js gives the probabilities of the run, to ${largestDifference.toExponential(1)} (at most ${tolerance} is allowed).`
    : `Checked on ${counted(windows, 'window')}: stock TensorFlow.js forecasts what the run does, to ${largestDifference.toExponential(1)} of the target's standard deviation (at most ${tolerance} is allowed).`;

/** What is written alone where `--out` names a file. */
const SINGLE_FILES: Partial<Record<ExportFormat, { ending: string; name: string; what: string }>> = {
  csv: { ending: '.csv', name: 'forecasts.csv', what: 'forecasts' },
  report: { ending: '.html', name: 'report.html', what: 'report' },
};

interface ExportedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

function onlyFile(files: readonly ExportedFile[], name: string): ExportedFile {
  const found = files.find((file) => file.name === name);
  if (found) return found;
  throw new HindcastError(
    'not-found',
    `The export has no ${name}, only ${files.map((file) => file.name).join(', ') || 'nothing'}; give --out a folder to get them.`,
  );
}
