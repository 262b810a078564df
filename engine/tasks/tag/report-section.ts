// The section of a report: the figures of each label.
import type { AnswersFrame } from '../../contract/tasks/answers-frame.ts';
import { labelFigures } from '../../evaluation/labels/scored-labels.ts';
import { escapeHtml } from '../../export/report/svg.ts';
import { labelsScoredIn } from './labels-in.ts';

/** More do not fit on a page. */
const MOST_LABELS = 100;

export function figuresHtml(frame: AnswersFrame): string {
  const { outputs } = frame.header;
  const scored = labelsScoredIn(frame);
  const rows = labelFigures(scored)
    .slice(0, MOST_LABELS)
    .map(({ samples, precision, recall, f1 }, label) => {
      const cells = [scored.thresholds[label]!, precision, recall, f1].map(
        (value) => `<td>${share(value)}</td>`,
      );
      return `<tr><th scope="row">${escapeHtml(outputs[label]!)}</th><td>${samples}</td>${cells.join('')}</tr>`;
    });
  const more =
    outputs.length > MOST_LABELS ? `<p>The first ${MOST_LABELS} of ${outputs.length} labels.</p>` : '';
  return `<table><thead><tr><th>label</th><th>samples</th><th>threshold</th><th>precision</th><th>recall</th><th>F1</th></tr></thead><tbody>${rows.join('')}</tbody></table>${more}`;
}

const share = (value: number): string => (Number.isNaN(value) ? '–' : value.toFixed(3));
