// Describes the series of an import, examines them, and hands the description and then the values to the sink.
import { throwIfCancelled } from './abort.ts';
import type { Arranged } from './arrange.ts';
import { findFarValues } from './columns/far-values.ts';
import { findSpikedColumns, spikeNotes, spikeValues } from './columns/spike-notes.ts';
import { describeSeries, describeSpans } from './describe.ts';
import { examine, findingNotes } from './examine.ts';
import { DONE, type Job } from './job.ts';
import type { Table } from './open-table.ts';
import { duplicateFindings, sentinelFindings } from './report-findings.ts';
import { countChunks, readChunks } from './rows/chunks.ts';
import type { Duck } from './source/duck.ts';

export async function deliver(
  job: Job,
  duck: Duck,
  { file, dialect, lines }: Table,
  { recipe, report, columns, seriesNames, setAsideRows }: Arranged,
): Promise<void> {
  const { sink, signal } = job;
  const { spans, notes } = await describeSpans(duck, seriesNames);
  const described = (share: number) =>
    job.progress('checking', report.rowsKept, DONE.typed + (DONE.described - DONE.typed) * share);
  const all = await describeSeries(duck, spans, columns, described);
  const { series, statistics } = all;
  const rows = series.map((one) => one.rows);
  const chunks = countChunks(rows, columns.length);
  const far = findFarValues(columns, statistics) ?? { values: [], notes: [], rows: [] };
  const spiked = findSpikedColumns(columns, all, new Set(far.values.map(Number)));
  const spikes = await spikeNotes(spiked, { duck, file, dialect });
  const farValues = [...new Set([...far.values, ...spikeValues(spiked)])];
  throwIfCancelled(signal);
  const findings = await examine({ duck, file, dialect, columns, described: all });
  sink.described({
    recipe,
    report: {
      ...report,
      findings: [...sentinelFindings(far), ...duplicateFindings(report), ...findings],
      notes: [...report.notes, ...notes, ...far.notes, ...spikes, ...findingNotes(findings)],
      ...(farValues.length > 0 && { farValues }),
    },
    series,
    firstLines: lines,
    ...(setAsideRows === null ? {} : { setAsideRows }),
    columns: columns.map(({ name, kind }, i) => ({
      name,
      kind,
      ...(all.walks[i] && { walks: true as const }),
    })),
    chunks,
  });
  for await (const chunk of readChunks(duck, rows, columns)) {
    throwIfCancelled(signal);
    await sink.chunk(chunk);
    const share = chunk.chunk / chunks;
    job.progress(
      'storing',
      Math.round(report.rowsKept * share),
      DONE.described + (1 - DONE.described) * share,
    );
  }
}
