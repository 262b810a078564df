// How often each category occurs.
import type { CategoryCounts } from '../../../../engine/contract/datasets/explore.ts';
import { shareCell } from '../../../../engine/words/share-text.ts';
import { formatCount, formatDataTime, plural } from '../../../ui/format.ts';
import classes from '../data.module.css';
import type { AnswerProps } from './answer-props.ts';

export function CategoriesView({ answer }: AnswerProps<readonly CategoryCounts[]>) {
  if (answer.length === 0) return <span className="muted">The dataset has no column of categories.</span>;
  return answer.map(({ column, rows, missing, distinct, categories }) => (
    <div key={column}>
      <b>{column}</b>
      <div className={classes.headTable}>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">Category</th>
              <th scope="col" className="num">
                Rows
              </th>
              <th scope="col" className="num">
                Share
              </th>
              <th scope="col" className="num">
                First
              </th>
              <th scope="col" className="num">
                Last
              </th>
            </tr>
          </thead>
          <tbody>
            {categories.map(({ name, count, share, firstUs, lastUs }) => (
              <tr key={name}>
                <td>{name}</td>
                <td className="num">{formatCount(count)}</td>
                <td className="num">{shareCell(share)}</td>
                <td className="num">{formatDataTime(firstUs)}</td>
                <td className="num">{formatDataTime(lastUs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <span className="muted">
        {plural(distinct, 'category', 'categories')} in {formatCount(rows)} rows, {formatCount(missing)}{' '}
        missing
        {categories.length < distinct && `; the ${categories.length} most frequent are shown`}.
      </span>
    </div>
  ));
}
