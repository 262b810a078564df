// `hindcast ensemble RUN...`: several runs put together, scored beside each of them.

import { type EnsembleWay, memberSubject } from '../../../contract/studies/ensemble.ts';
import type { RunReference } from '../../../contract/values/ids.ts';
import type { CallProgress } from '../../../contract/values/progress.ts';
import { CATALOGUE } from '../../../evaluation/catalogue.ts';
import { metricInfo, scoreFormat } from '../../../words/scores/metric-info.ts';
import { shareCell } from '../../../words/share-text.ts';
import type { Outcome, VerbContext } from '../context.ts';
import { refuseExisting, writeNewFile } from '../files.ts';
import { formatCount, formatLeft, formatScore, NOTHING } from '../text/format.ts';
import { renderTable } from '../text/table.ts';
import { withProgress } from '../watch/asked-progress.ts';
import { cancellable } from '../watch/cancellable.ts';
import { tableStyle } from './style.ts';

export interface EnsembleArguments {
  readonly runs: readonly RunReference[];
  readonly way: EnsembleWay;
  readonly out?: string;
  readonly force?: boolean;
}

export async function ensemble(context: VerbContext, given: EnsembleArguments): Promise<Outcome> {
  const { way, out, force = false } = given;
  // Before the engine works for nothing.
  if (out !== undefined) await refuseExisting(out, 'file', force);
  const { client } = await context.connect('existing');
  const answer = await cancellable(
    context.terminal,
    (line, signal) =>
      withProgress(
        (watch) => {
          const asked = { runs: [...given.runs], way, withTable: out !== undefined, watch };
          return client.runs.ensemble(asked, { signal });
        },
        { client, signal, show: (progress) => line(writtenLine(progress)) },
      ),
    'The ensemble was cancelled.',
  );
  const { table, ...found } = answer;
  const { members, scores, words } = found;
  const metrics = [...new Set(scores.map(({ metric }) => metric))];
  const subjects = [...new Set(scores.map(({ subject }) => subject))];
  const named = new Map(members.map(({ run, name, weight }) => [memberSubject(run), { name, weight }]));
  const columns = [
    { header: 'SCORES OF' },
    { header: 'NAME', cut: true },
    { header: 'SHARE', right: true },
    ...metrics.map((metric) => ({ header: metricInfo(CATALOGUE, metric).label, right: true })),
  ];
  const rows = subjects.map((subject) => [
    subject,
    named.get(subject)?.name ?? '',
    weightText(named.get(subject)?.weight ?? null),
    ...metrics.map((metric) => {
      const score = scores.find((one) => one.subject === subject && one.metric === metric);
      return score ? scoreFormat(CATALOGUE, metric, formatScore)(score.value) : NOTHING;
    }),
  ]);
  const lines = [...words];
  if (out !== undefined && table !== null) {
    await writeNewFile(out, new Uint8Array(await table.arrayBuffer()), force);
    lines.push(`Wrote its answers on the test part to ${out}.`);
  }
  const json = { ...found, ...(out !== undefined && { file: out }) };
  return { json, text: `${renderTable(columns, rows, tableStyle(context.terminal))}\n\n${lines.join('\n')}` };
}

/** `120 of 1,034 texts written  2 m left`. */
export function writtenLine({ done, total, secondsLeft }: CallProgress): string {
  const left = secondsLeft === null ? '' : `  ${formatLeft(secondsLeft)}`;
  return `${formatCount(done)} of ${formatCount(total)} texts written${left}`;
}

const weightText = (weight: number | null): string => (weight === null ? '' : shareCell(weight));
