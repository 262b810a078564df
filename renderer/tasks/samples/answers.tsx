// What a model says of a sample that is tried.
import type { ClassAnswers } from '../../../engine/contract/results/classify-result.ts';
import { formatNumber } from '../../ui/format.ts';
import css from '../classify/classify.module.css';

const MOST_SHOWN = 6;

export interface AnswersProps {
  readonly answers: ClassAnswers;
}

/** The most probable classes, with bars. */
export function ProbableClasses({ answers: { classes, probabilities } }: AnswersProps) {
  const [p = []] = probabilities;
  const ranked = classes
    .map((name, index) => ({ name, share: p[index] ?? 0 }))
    .toSorted((a, b) => b.share - a.share);
  return <Bars rows={ranked.slice(0, MOST_SHOWN)} />;
}

const EVEN = 0.5;

/** The labels that are said, then those that come nearest to it. */
export function SaidLabels({ answers: { classes, probabilities, thresholds } }: AnswersProps) {
  const [p = []] = probabilities;
  const rows = classes
    .map((name, index) => ({ name, share: p[index] ?? 0, from: thresholds?.[index] ?? EVEN }))
    .toSorted((a, b) => b.share - b.from - (a.share - a.from));
  const said = rows.filter(({ share, from }) => share >= from);
  return (
    <>
      <p className="muted">
        {said.length === 0 ? 'No label is said.' : `Said: ${said.map(({ name }) => name).join(', ')}`}
      </p>
      <Bars rows={rows.slice(0, Math.max(MOST_SHOWN, said.length))} />
    </>
  );
}

export function EstimatedNumber({ answers: { classes, probabilities } }: AnswersProps) {
  return (
    <p role="status" aria-label="Answer">
      {classes[0]}: <strong className="num">{formatNumber(probabilities[0]?.[0])}</strong>
    </p>
  );
}

interface BarsProps {
  readonly rows: readonly { readonly name: string; readonly share: number; readonly from?: number }[];
}

function Bars({ rows }: BarsProps) {
  return (
    <div className={css.answers} role="status" aria-label="Answer">
      {rows.map(({ name, share, from = 0 }) => (
        <div key={name} style={{ display: 'contents' }}>
          <span className={css.className} title={name}>
            {name}
          </span>
          <span>
            <span
              className={`${css.bar} ${share < from ? css.faint : ''}`}
              style={{ display: 'block', width: `${Math.max(1, 100 * share)}%` }}
            />
          </span>
          <span className="num">{formatNumber(100 * share)} %</span>
        </div>
      ))}
    </div>
  );
}
