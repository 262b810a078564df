// What the doctor found in the data, with examples and, where they can be chosen, remedies.
import { Checkbox } from '@mantine/core';
import type { Finding } from '../../../engine/contract/datasets/findings.ts';
import { exampleText, fateOf } from '../../../engine/words/findings.ts';
import { formatCount } from '../../ui/format.ts';
import classes from './data.module.css';

interface Props {
  readonly findings: readonly Finding[];
  /** By number of the finding; absent: remedies cannot be chosen here. */
  readonly chosen?: ReadonlySet<number>;
  readonly onChoose?: (index: number, isChosen: boolean) => void;
}

const MOST_EXAMPLES = 3;

export function FindingsList({ findings, chosen, onChoose }: Props) {
  if (findings.length === 0) return null;
  return (
    <table className="plain-table">
      {onChoose && (
        <caption className={classes.smallTitle} style={{ textAlign: 'left' }}>
          Found in the data
        </caption>
      )}
      <thead>
        <tr>
          <th scope="col">Finding</th>
          <th scope="col" className="num">
            Rows
          </th>
          <th scope="col">For example</th>
          <th scope="col">Remedy</th>
        </tr>
      </thead>
      <tbody>
        {findings.map((finding, index) => (
          <tr key={`${finding.check} ${finding.column} ${finding.series} ${finding.words}`}>
            <td>{finding.words}</td>
            <td className="num">{formatCount(finding.count)}</td>
            <td>{finding.examples.slice(0, MOST_EXAMPLES).map(exampleText).join('; ')}</td>
            <td>
              {finding.remedy === null ? (
                <span className="muted">{fateOf(finding)}</span>
              ) : onChoose ? (
                <Checkbox
                  size="xs"
                  label={finding.remedy.words}
                  checked={chosen?.has(index) ?? false}
                  onChange={(event) => onChoose(index, event.currentTarget.checked)}
                />
              ) : (
                finding.remedy.words
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
