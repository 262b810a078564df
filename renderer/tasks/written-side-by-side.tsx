// What several runs wrote for the same samples, side by side, where they disagree most first.
import type { ReactNode } from 'react';
import type { RunSummary } from '../../engine/contract/runs/run.ts';
import { runLabel } from '../../engine/words/run-label.ts';
import { formatCount, plural } from '../ui/format.ts';
import { ErrorMessage } from '../ui/messages.tsx';
import { type OpenColumn, OpenTable } from '../ui/open-table.tsx';
import { Panel } from '../ui/page.tsx';
import { sideBySide } from './side-by-side.ts';

/** Samples that are asked for, and that are shown. */
export const COMPARED = 1_000;
const SHOWN = 40;

interface Written {
  readonly sample: number;
  readonly written: string;
  readonly edits: number;
}

interface WrittenSideBySideProps<One extends Written> {
  readonly runs: readonly RunSummary[];
  /** By run, of the same samples where they have the same part; undefined until all are there. */
  readonly written: readonly (readonly One[])[] | undefined;
  /** In the part of the first run. */
  readonly count: number;
  readonly error: unknown;
  /** The samples in words: `images`. */
  readonly of: string;
  /** The same for the same sample, whichever run wrote for it. */
  readonly keyOf: (one: One) => string;
  readonly before: readonly OpenColumn<One>[];
  readonly after: readonly OpenColumn<One>[];
  /** The column whose cells open a row. */
  readonly opens: string;
  readonly nameOf?: (one: One) => string;
  readonly detailOf: (one: One) => ReactNode;
}

interface Row<One> {
  readonly first: One;
  readonly all: readonly One[];
}

export function WrittenSideBySide<One extends Written>(props: WrittenSideBySideProps<One>) {
  const { runs, written, count, error, of, keyOf, before, after, opens, nameOf, detailOf } = props;
  const rows = written && sideBySide(written, { keyOf, differenceOf, most: SHOWN });
  const ofFirst = (column: OpenColumn<One>): OpenColumn<Row<One>> => ({
    ...column,
    hintOf: ({ first }) => column.hintOf?.(first) ?? '',
    cellOf: ({ first }) => column.cellOf(first),
  });
  return (
    <Panel title={`What they write for the same ${of}, where they disagree most first`}>
      {error ? (
        <ErrorMessage error={error} />
      ) : !rows ? (
        <p className="muted">The {of} are read and their texts written …</p>
      ) : rows.length === 0 ? (
        <p className="muted">These runs have no {of} of the scored part in common.</p>
      ) : (
        <>
          {count > COMPARED && (
            <p className="muted">
              Of {formatCount(count)} {of} {formatCount(COMPARED)}, evenly taken.
            </p>
          )}
          <OpenTable
            label={`What they write for ${of}`}
            rows={rows}
            keyOf={({ first }) => first.sample}
            columns={[
              ...before.map(ofFirst),
              ...runs.map((run, index) => ({
                title: runLabel(run),
                cellOf: ({ all }: Row<One>) => <WrittenCell {...all[index]!} />,
              })),
              ...after.map(ofFirst),
            ]}
            opens={opens}
            {...(nameOf && { nameOf: ({ first }: Row<One>) => nameOf(first) })}
            detailOf={({ first }) => detailOf(first)}
          />
        </>
      )}
    </Panel>
  );
}

/** Between the best and the worst of them; of texts with as many edits, how many are different ones. */
function differenceOf(all: readonly Written[]): readonly number[] {
  const edits = all.map((one) => one.edits);
  return [Math.max(...edits) - Math.min(...edits), new Set(all.map(({ written }) => written)).size];
}

function WrittenCell({ written, edits }: Written) {
  return edits === 0 ? (
    <>{written} ✓</>
  ) : (
    <>
      {written} <span className="muted num">{plural(edits, 'edit')}</span>
    </>
  );
}
