// The section of a report: the figures of each class, and the texts with most wrong labels.
import type { LabelFrame } from '../../contract/tasks/label-frame.ts';
import { escapeHtml } from '../../export/report/svg.ts';
import { matrixOf, textsIn } from './result.ts';

const MOST_CLASSES = 30;
const MOST_TEXTS = 10;

export function labelsHtml(frame: LabelFrame): string {
  const { classes } = frame.header;
  const { figures } = matrixOf(frame);
  const rows = classes.slice(0, MOST_CLASSES).map((name, index) => {
    const { samples, precision, recall, f1 } = figures[index]!;
    return `<tr><th scope="row">${escapeHtml(name)}</th><td>${samples}</td><td>${share(precision)}</td><td>${share(recall)}</td><td>${share(f1)}</td></tr>`;
  });
  const texts = textsIn(frame, undefined, MOST_TEXTS).map(({ tokens }) => {
    const marked = tokens.map(({ text, said, truth }) => {
      const label = escapeHtml(classes[said]!);
      const note = truth >= 0 && truth !== said ? `<b>${label}</b> (${escapeHtml(classes[truth]!)})` : label;
      return `${escapeHtml(text)}<sub>${note}</sub>`;
    });
    return `<p>${marked.join(' ')}</p>`;
  });
  const wrong =
    texts.length === 0
      ? '<p>No label is wrong.</p>'
      : `<p>Texts with most wrong labels; wrong ones are bold, the true one stands behind them:</p>${texts.join('')}`;
  return `<table><thead><tr><th>class</th><th>tokens</th><th>precision</th><th>recall</th><th>F1</th></tr></thead><tbody>${rows.join('')}</tbody></table>${wrong}`;
}

const share = (value: number): string => (Number.isNaN(value) ? '–' : value.toFixed(3));
