// A stretch of rows of a series as two strips: the true label of each row, and below it the one that was said; a mark where they differ.
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
  const known = tokens.filter(({ truth }) => truth >= 0);
  const wrong = known.filter(({ truth, said }) => truth !== said).length;
  return (
    <figure className={css.strip}>
      <figcaption>
        {name}
        {known.length > 0 && <span className="muted">{` ${wrong} of ${known.length} rows wrong`}</span>}
      </figcaption>
      <div className={css.cells}>
        {tokens.map(({ text, said, probability, truth }, row) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its position
            key={row}
            className={`${css.cell} ${truth >= 0 && truth !== said ? css.differs : ''}`}
            title={`row ${row + 1}: ${text}; said ${classes[said]}, ${formatNumber(100 * probability, 3)} %${truth >= 0 ? `; true ${classes[truth]}` : ''}`}
          >
            {known.length > 0 && <span style={{ background: colorOf(truth) }} />}
            <span style={{ background: colorOf(said) }} />
          </span>
        ))}
      </div>
    </figure>
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
      <div className={css.lines}>
        {lines.map((line) => (
          <Fragment key={line.name}>
            <span className="muted">{line.name}</span>
            <div className={css.cells}>
              {line.labels.map((label, row) => (
                <span
                  // biome-ignore lint/suspicious/noArrayIndexKey: a row is its position
                  key={row}
                  className={css.cell}
                  title={`row ${row + 1}: ${tokens[row]}; ${label ?? 'not known'}`}
                >
                  <span style={{ background: colorOf(label === null ? -1 : classes.indexOf(label)) }} />
                </span>
              ))}
            </div>
          </Fragment>
        ))}
        <span />
        <div className={css.cells}>
          {differs.map((differ, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its position
            <span key={row} className={`${css.cell} ${differ ? css.differs : ''}`} />
          ))}
        </div>
      </div>
    </figure>
  );
}
