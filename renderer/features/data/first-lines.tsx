// The first lines of the file as they stand in it: a line can be pointed at as the header, or as the first one of the table.
import { Button, Menu } from '@mantine/core';
import { useState } from 'react';
import type { ImportOptions } from '../../../engine/contract/datasets/dataset.ts';
import classes from './data.module.css';
import { detectLines, headerAt, pointedLine, rowsFrom, tableFrom } from './pointing.ts';

interface Props {
  readonly lines: readonly string[];
  readonly options: ImportOptions;
  readonly onChange: (options: ImportOptions) => void;
  /** The file could not be read: its lines are shown at once. */
  readonly isNeeded: boolean;
}

export function FirstLines({ lines, options, onChange, isNeeded }: Props) {
  const [isOpen, setOpen] = useState(false);
  if (lines.length === 0) return null;
  const pointed = pointedLine(options);
  return (
    <details open={isOpen || isNeeded} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>First lines of the file: point at the header</summary>
      <div className={classes.stack} style={{ paddingTop: 8, gap: 8 }}>
        <ol className={classes.lines} aria-label="First lines of the file">
          {lines.map((text, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its position.
            <li key={index}>
              <Line
                number={index + 1}
                text={text}
                isPointed={pointed === index + 1}
                onHeader={() => onChange(headerAt(options, index + 1))}
                onFirst={() => onChange(tableFrom(options, index + 1))}
                onRow={() => onChange(rowsFrom(options, index + 1))}
              />
            </li>
          ))}
        </ol>
        {pointed !== null && (
          <div>
            <Button size="compact-xs" variant="subtle" onClick={() => onChange(detectLines(options))}>
              Detect the header
            </Button>
          </div>
        )}
      </div>
    </details>
  );
}

interface LineProps {
  readonly number: number;
  readonly text: string;
  readonly isPointed: boolean;
  readonly onHeader: () => void;
  readonly onFirst: () => void;
  readonly onRow: () => void;
}

function Line({ number, text, isPointed, onHeader, onFirst, onRow }: LineProps) {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button
          type="button"
          className={classes.line}
          aria-current={isPointed || undefined}
          aria-label={`Line ${number}: ${text.slice(0, 60)}`}
        >
          <span className="muted num">{number}</span>
          <span className="mono">{text}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onHeader}>Line {number} is the header</Menu.Item>
        <Menu.Item onClick={onFirst}>The table begins with line {number}</Menu.Item>
        <Menu.Item onClick={onRow}>Line {number} is the first row: there is no header</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
