// The section of a report: the samples whose estimates are farthest from the truth.
import type { AnswersFrame } from '../../contract/tasks/answers-frame.ts';
import { escapeHtml } from '../../export/report/svg.ts';

const MOST = 20;

export function errorsHtml({ header, columns }: AnswersFrame): string {
  const [truth] = columns.truth;
  const [answer] = columns.answer;
  const errorOf = (row: number) => Math.abs(answer![row]! - truth![row]!);
  const rows = [...columns.sample.keys()]
    .filter((row) => !Number.isNaN(truth![row]!))
    .toSorted((a, b) => errorOf(b) - errorOf(a))
    .slice(0, MOST)
    .map(
      (row) =>
        `<tr><th scope="row">${escapeHtml(header.names[row]!)}</th><td>${shown(truth![row]!)}</td><td>${shown(answer![row]!)}</td></tr>`,
    );
  return `<p>Samples with the largest errors.</p><table><thead><tr><th>sample</th><th>truth</th><th>estimate</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

const shown = (value: number): string => String(Number(value.toPrecision(5)));
