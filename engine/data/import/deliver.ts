// Describes the series of an import, examines them, and hands the description and then the values to the sink.
import { throwIfCancelled } from './abort.ts';
import type { Arranged } from './arrange.ts';
import { findFarValues } from './columns/far-values.ts';
import { findSpikedColumns, spikeNotes, spikeValues } from './columns/spike-notes.ts';
import { beginDescription, describeSpans } from './describe.ts';
import { beginExamination, findingNotes } from './examine.ts';
import { DONE, type Job } from './job.ts';
import type { Table } from './open-table.ts';
import { readingFindings } from './reading-findings.ts';
import { duplicateFindings, sentinelFindings } from './report-findings.ts';
import { countChunks, readChunks, takenChunks } from './rows/chunks.ts';
import { columnGroups } from './rows/placed.ts';

export async function deliver(
  job: Job,
  { file, dialect, lines }: Table,
  { recipe, report, placed, columns, seriesNames, setAsideRows }: Arranged,
): Promise<void> {
  const { sink, signal } = job;
  const { parts, times } = placed;
  const { spans, gaps, notes } = describeSpans(placed, seriesNames);
  const description = beginDescription(parts, spans, columns);
  const examination = beginExamination({ placed, file, dialect, spans, gaps });
  for (const group of columnGroups(columns, times.length)) {
    const read = await placed.read(group.columns);
    for (const [i, values] of read.entries()) {
      throwIfCancelled(signal);
      const missing = description.add(group.firstColumn + i, values);
      if (values instanceof Float64Array) examination.add(group.columns[i]!.name, values, missing);
    }
    const share = (group.firstColumn + read.length) / columns.length;
    const fraction = DONE.typed + (DONE.described - DONE.typed) * share;
    job.progress('checking', report.rowsKept, fraction);
  }
  const all = description.end();
  const { series, statistics } = all;
  const chunks = countChunks(parts, columns.length);
  const far = findFarValues(columns, statistics) ?? { values: [], notes: [], columns: [], rows: [] };
  const spiked = findSpikedColumns(columns, all, new Set(far.values.map(Number)));
  const spikes = await spikeNotes(spiked, { placed, file, dialect });
  const farValues = [...new Set([...far.values, ...spikeValues(spiked)])];
  throwIfCancelled(signal);
  const sentinels = await sentinelFindings(far, { placed, file, dialect, columns });
  const findings = await examination.end();
  sink.described({
    recipe,
    report: {
      ...report,
      findings: [...readingFindings(report, recipe), ...sentinels, ...duplicateFindings(report), ...findings],
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
  const taken = takenChunks(placed, columns);
  if (taken.length > 0) await sink.ahead?.take(taken);
  for await (const chunk of readChunks(placed, columns, taken.length + 1)) {
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
