// What each label is worth: its figures, and samples of it by a click.
import type { TagChoice, TagResult } from '../../../engine/contract/results/tagging.ts';
import { formatCount, formatKnown } from '../../ui/format.ts';
import { Panel, TableScroll } from '../../ui/page.tsx';
import css from '../classify/classify.module.css';

interface LabelTableProps {
  readonly result: TagResult;
  readonly chosen: TagChoice | null;
  readonly onChoose: (choice: TagChoice) => void;
}

/** With what a click shows. */
const CHOICES = [
  { of: 'hits', title: 'Found', isRight: true },
  { of: 'missed', title: 'Missed', isRight: false },
  { of: 'false-alarms', title: 'False alarms', isRight: false },
] as const;

const FIGURES = [
  { title: 'Precision', of: 'precision' },
  { title: 'Recall', of: 'recall' },
  { title: 'F1', of: 'f1' },
  { title: 'ROC AUC', of: 'auc' },
  { title: 'Average precision', of: 'averagePrecision' },
  { title: 'Said from', of: 'threshold' },
] as const;

export function LabelTable({ result: { labels, figures }, chosen, onChoose }: LabelTableProps) {
  return (
    <Panel title="Labels: a click on a number shows its samples">
      <TableScroll label="Labels">
        <table className={`plain-table ${css.confusion}`}>
          <thead>
            <tr>
              <th scope="col">Label</th>
              {['Samples', ...CHOICES.map(({ title }) => title), ...FIGURES.map(({ title }) => title)].map(
                (title) => (
                  <th key={title} scope="col" className="num">
                    {title}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {labels.map((name, label) => {
              const own = figures[label]!;
              const counts = {
                hits: own.hits,
                missed: own.samples - own.hits,
                'false-alarms': own.falseAlarms,
              };
              return (
                <tr key={name}>
                  <th scope="row" title={name}>
                    <span className={css.rowName}>{name}</span>
                  </th>
                  <td className="num">{formatCount(own.samples)}</td>
                  {CHOICES.map(({ of, title, isRight }) => (
                    <td key={of} className="num">
                      <button
                        type="button"
                        className={`${css.cell} ${isRight ? css.right : counts[of] > 0 ? css.wrong : ''}`}
                        aria-label={`${title} ${name}: ${formatCount(counts[of])}`}
                        aria-pressed={chosen?.label === label && chosen.of === of}
                        onClick={() => onChoose({ label, of })}
                      >
                        {formatCount(counts[of])}
                      </button>
                    </td>
                  ))}
                  {FIGURES.map(({ of }) => (
                    <td key={of} className="num">
                      {formatKnown(own[of])}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </TableScroll>
    </Panel>
  );
}
