// A stretch of rows of a series as strips: the true label of each row, and below it those that were said; a mark where they differ.
import { Fragment } from 'react';
import type { LabelledText } from '../../../engine/contract/results/labelling.ts';
import { formatNumber } from '../../ui/format.ts';
import type { DifferentText } from './different-texts.ts';
import css from './label.module.css';

const COLORS = 10;
const colorOf = (label: number): string =>
  label < 0 ? 'transparent' : `var(--hc-series-${(label % COLORS) + 1})`;

interface LabelStripProps {
  readonly text: LabelledText;
  readonly classes: readonly string[];
}

export function LabelStrip({ text: { name, tokens }, classes }: LabelStripProps) {
  const isKnown = tokens.some(({ truth }) => truth >= 0);
  const known = tokens.filter(({ truth }) => truth >= 0).length;
  const differs = tokens.map(({ truth, said }) => truth >= 0 && truth !== said);
  const labels = {
    True: tokens.map(({ truth }) => truth),
    Said: tokens.map(({ said }) => said),
  };
  return (
    <figure className={css.strip}>
      <figcaption>
        {name}
        {isKnown && (
          <span className="muted">{` ${differs.filter(Boolean).length} of ${known} rows wrong`}</span>
        )}
      </figcaption>
      <Strips
        lines={Object.entries(labels).flatMap(([line, own]) =>
          line === 'True' && !isKnown ? [] : { name: line, labels: own },
        )}
        titles={tokens.map(
          ({ text, said, probability, truth }, row) =>
            `row ${row + 1}: ${text}; said ${classes[said]}, ${formatNumber(100 * probability, 3)} %${truth >= 0 ? `; true ${classes[truth]}` : ''}`,
        )}
        differs={differs}
      />
    </figure>
  );
}

interface StripsProps {
  /** A label for each row; -1 where it is not known. */
  readonly lines: readonly { readonly name: string; readonly labels: readonly number[] }[];
  /** Of the rows, for a pointer on them. */
  readonly titles: readonly string[];
  readonly differs: readonly boolean[];
}

/** Below the lines a mark for each row where they differ. */
function Strips({ lines, titles, differs }: StripsProps) {
  return (
    <div className={css.lines}>
      {lines.map(({ name, labels }) => (
        <Fragment key={name}>
          <span className="muted">{name}</span>
          <div className={css.cells}>
            {labels.map((label, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is its position
              <span key={row} title={titles[row]} style={{ background: colorOf(label) }} />
            ))}
          </div>
        </Fragment>
      ))}
      <span />
      <div className={css.marks}>
        {differs.map((differ, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its position
          <span key={row} className={differ ? css.differs : undefined} />
        ))}
      </div>
    </div>
  );
}

/** Which colour is which label. */
export function LabelLegend({ classes }: { readonly classes: readonly string[] }) {
  return (
    <p className={css.legend}>
      {classes.map((name, label) => (
        <span key={name}>
          <span className={css.swatch} style={{ background: colorOf(label) }} /> {name}
        </span>
      ))}
    </p>
  );
}

interface LabelLinesProps {
  readonly text: DifferentText;
  readonly lines: readonly { readonly name: string; readonly labels: readonly (string | null)[] }[];
  readonly classes: readonly string[];
}

/** The same stretch by several runs, a strip for each; a mark where they differ. */
export function LabelLines({ text: { name, tokens, differs }, lines, classes }: LabelLinesProps) {
  return (
    <figure className={css.strip}>
      <figcaption>
        {name}
        <span className="muted">{` ${differs.filter(Boolean).length} of ${tokens.length} rows differ`}</span>
      </figcaption>
      <Strips
        lines={lines.map((line) => ({
          name: line.name,
          labels: line.labels.map((label) => (label === null ? -1 : classes.indexOf(label))),
        }))}
        titles={tokens.map((token, row) =>
          [
            `row ${row + 1}: ${token}`,
            ...lines.map((line) => `${line.name} ${line.labels[row] ?? 'not known'}`),
          ].join('; '),
        )}
        differs={differs}
      />
    </figure>
  );
}
