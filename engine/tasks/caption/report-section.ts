// The section of a report: captions of some images of the test part, evenly from right to most wrong.
import type { CaptionFrame } from '../../contract/tasks/caption-frame.ts';
import { escapeHtml } from '../../export/report/svg.ts';
import { mostWrong } from './result.ts';

const MOST = 20;

export function captionsHtml(frame: CaptionFrame): string {
  const all = mostWrong(frame, frame.header.names.length).toReversed();
  const step = Math.max(1, Math.floor(all.length / MOST));
  const rows = all
    .filter((_, index) => index % step === 0)
    .slice(0, MOST)
    .map(({ name, written, references }) => {
      const cells = [written, references.join(' | ')].map((text) => `<td>${escapeHtml(text)}</td>`);
      return `<tr><th scope="row">${escapeHtml(name)}</th>${cells.join('')}</tr>`;
    });
  return `<table><thead><tr><th>image</th><th>written</th><th>right</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}
