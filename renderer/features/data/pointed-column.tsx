// The name of a column in the preview: pressing it says what the column is.
import { Button, Menu, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ImportOptions } from '../../../engine/contract/datasets/dataset.ts';
import classes from './data.module.css';
import { asOneSeries, leaveOut, renameTo, seriesIn, timesIn } from './pointing.ts';

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
  const [isOpen, setOpen] = useState(false);
  const rename = (name: string) => {
    setOpen(false);
    onChange(renameTo(options, column, name));
  };
  return (
    <Menu position="bottom-start" opened={isOpen} onChange={setOpen}>
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
            <Menu.Divider />
            <NewName column={column} onName={rename} />
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

interface NewNameProps {
  readonly column: string;
  readonly onName: (name: string) => void;
}

/** Not a form: the preview is one, and Enter would import the file. */
function NewName({ column, onName }: NewNameProps) {
  const [name, setName] = useState(column);
  return (
    <div className={classes.newName}>
      <TextInput
        size="xs"
        label="Name"
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => {
          // The arrows and letters of a menu choose its items.
          event.stopPropagation();
          if (event.key !== 'Enter') return;
          event.preventDefault();
          onName(name);
        }}
      />
      <Button size="compact-sm" variant="light" disabled={name.trim() === ''} onClick={() => onName(name)}>
        Rename
      </Button>
    </div>
  );
}
