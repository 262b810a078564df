// Describes the series of an import, examines them, and hands the description and then the values to the sink.
import { throwIfCancelled } from './abort.ts';
import type { Arranged } from './arrange.ts';
import { findFarValues } from './columns/far-values.ts';
import { findSpikedColumns, spikeNotes, spikeValues } from './columns/spike-notes.ts';
import { DONE, type Job } from './job.ts';
import { describeSeries, describeSpans } from './look/describe.ts';
import { findingNotes, findingsOf } from './look/findings.ts';
import { lookAtColumns } from './look/look-at-columns.ts';
import { createLooker } from './look/look-thread.ts';
import type { Table } from './open-table.ts';
import { readingFindings } from './reading-findings.ts';
import { duplicateFindings, sentinelFindings } from './report-findings.ts';
import { countChunks, readChunks, takenChunks } from './rows/chunks.ts';

export async function deliver(
  job: Job,
  { file, dialect, lines }: Table,
  { recipe, report, placed, columns, seriesNames, setAsideRows }: Arranged,
): Promise<void> {
  const { sink, signal } = job;
  const { parts } = placed;
  const { spans, gaps, notes } = describeSpans(placed, seriesNames);
  const progress = (looked: number) => {
    const fraction = DONE.typed + (DONE.described - DONE.typed) * (looked / columns.length);
    job.progress('checking', report.rowsKept, fraction);
  };
  const lookers = [createLooker(), ...(job.lookThread ? [job.lookThread] : [])];
  const looks = await lookAtColumns({ placed, spans, columns, lookers, signal, progress });
  const described = looks.map((look) => look.described);
  const all = describeSeries(spans, columns, described);
  const { series, statistics } = all;
  const chunks = countChunks(parts, columns.length);
  const far = findFarValues(columns, statistics) ?? { values: [], notes: [], columns: [], rows: [] };
  const spiked = findSpikedColumns(columns, all, new Set(far.values.map(Number)));
  const spikes = await spikeNotes(spiked, { placed, file, dialect });
  const farValues = [...new Set([...far.values, ...spikeValues(spiked)])];
  throwIfCancelled(signal);
  const sentinels = await sentinelFindings(far, { placed, file, dialect, columns });
  const examined = looks.flatMap((look) => look.examined ?? []);
  const findings = await findingsOf({ placed, file, dialect, spans, gaps }, examined);
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
