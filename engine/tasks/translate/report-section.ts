// The section of a report: scores by the length of the source, and the texts that are most wrong.
import type { TranslateFrame } from '../../contract/tasks/translate-frame.ts';
import { escapeHtml } from '../../export/report/svg.ts';
import { shareCell } from '../../words/share-text.ts';
import { byLength, mostWrong } from './result.ts';

const MOST = 20;

export function writtenHtml(frame: TranslateFrame): string {
  const lengths = byLength(frame).map(
    ({ from, to, count, exact, edits }) =>
      `<tr><th scope="row">${from === to ? from : `${from} to ${to}`}</th><td>${count}</td><td>${escapeHtml(shareCell(exact))}</td><td>${escapeHtml(shareCell(edits))}</td></tr>`,
  );
  const wrong = mostWrong(frame, MOST).map(
    ({ source, references, written }) =>
      `<tr><td>${escapeHtml(source)}</td><td>${escapeHtml(references.join(' | '))}</td><td>${escapeHtml(written)}</td></tr>`,
  );
  return `<p>By tokens of the text that is read:</p><table><thead><tr><th>tokens</th><th>texts</th><th>exact match</th><th>edit rate</th></tr></thead><tbody>${lengths.join('')}</tbody></table><p>The most edits:</p><table><thead><tr><th>read</th><th>right</th><th>written</th></tr></thead><tbody>${wrong.join('')}</tbody></table>`;
}
