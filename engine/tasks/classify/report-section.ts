// The section of a report: the confusion matrix with the figures of each class.
import type { ClassifyFrame } from '../../contract/tasks/classify-frame.ts';
import { confusionOf, figuresOf, saidBy } from '../../evaluation/classes/scored-classes.ts';
import { escapeHtml } from '../../export/report/svg.ts';
import { scoredIn } from './scored-in.ts';

/** More classes do not fit on a page. */
const MOST_CLASSES = 30;

export function confusionHtml(frame: ClassifyFrame): string {
  const { classes } = frame.header;
  const scored = scoredIn(frame);
  const confusion = confusionOf(scored, saidBy(scored));
  const figures = figuresOf(confusion, classes.length);
  const shown = classes.slice(0, MOST_CLASSES);
  const head = shown.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join('');
  const rows = shown.map((name, truth) => {
    const cells = shown.map((_, said) => `<td>${confusion[truth * classes.length + said]}</td>`).join('');
    const { precision, recall, f1 } = figures[truth]!;
    return `<tr><th scope="row">${escapeHtml(name)}</th>${cells}<td>${share(precision)}</td><td>${share(recall)}</td><td>${share(f1)}</td></tr>`;
  });
  const more =
    classes.length > MOST_CLASSES ? `<p>The first ${MOST_CLASSES} of ${classes.length} classes.</p>` : '';
  return `<p>Rows are true classes, columns are answers.</p><table><thead><tr><th></th>${head}<th>precision</th><th>recall</th><th>F1</th></tr></thead><tbody>${rows.join('')}</tbody></table>${more}`;
}

const share = (value: number): string => (Number.isNaN(value) ? '–' : value.toFixed(3));
