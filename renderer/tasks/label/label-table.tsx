// The labels of a text by several runs, a column for each word or letter; columns where they differ stand out, wrong labels are struck out.
import { TableScroll } from '../../ui/page.tsx';
import type { DifferentText } from './different-texts.ts';
import css from './label.module.css';

/** More do not fit on any screen. */
const MOST = 120;

interface LabelTableProps {
  readonly text: DifferentText;
  /** Of the runs. */
  readonly names: readonly string[];
}

export function LabelTable({ text: { name, tokens, truth, said, differs }, names }: LabelTableProps) {
  const classOf = (at: number) => (differs[at] ? css.column : undefined);
  const shown = tokens.slice(0, MOST);
  return (
    <TableScroll label={`Labels of ${name}`}>
      <table className={css.table}>
        <thead>
          <tr>
            <td />
            {shown.map((token, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same token comes at several positions
              <th key={at} scope="col" className={classOf(at)}>
                {token}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[
            { name: 'True', labels: truth },
            ...said.map((labels, run) => ({ name: names[run]!, labels })),
          ].map((line) => (
            <tr key={line.name}>
              <th scope="row">{line.name}</th>
              {shown.map((_, at) => {
                const label = line.labels[at];
                const isWrong = truth[at] !== null && label !== truth[at];
                return (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the same token comes at several positions
                  <td key={at} className={classOf(at)}>
                    {isWrong ? <s>{label}</s> : label}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}
