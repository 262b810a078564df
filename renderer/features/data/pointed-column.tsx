// The name of a column in the preview: pressing it says what the column is.
import { Menu } from '@mantine/core';
import type { ImportOptions } from '../../../engine/contract/dataset.ts';
import classes from './data.module.css';
import { asOneSeries, leaveOut, seriesIn, timesIn } from './pointing.ts';

interface Props {
  readonly column: string;
  /** It holds the times that are shown. */
  readonly isTime: boolean;
  /** The rows are split into series by a column. */
  readonly isLong: boolean;
  readonly options: ImportOptions;
  readonly onChange: (options: ImportOptions) => void;
}

export function PointedColumn({ column, isTime, isLong, options, onChange }: Props) {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className={classes.column} title={`What is ${column}?`}>
          {column}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {!isTime && (
          <>
            <Menu.Item onClick={() => onChange(timesIn(options, column))}>It holds the times</Menu.Item>
            <Menu.Item onClick={() => onChange(seriesIn(options, column))}>
              Its values name the series
            </Menu.Item>
            <Menu.Item onClick={() => onChange(leaveOut(options, column))}>Leave it out</Menu.Item>
          </>
        )}
        {isTime && isLong && (
          <Menu.Item onClick={() => onChange(asOneSeries(options))}>All rows are one series</Menu.Item>
        )}
        {isTime && !isLong && <Menu.Item disabled>It holds the times</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}
