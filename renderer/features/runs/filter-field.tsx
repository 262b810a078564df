// The filter of the run list, and what it understands behind its question mark.
import { ActionIcon, Popover, TextInput } from '@mantine/core';
import { IconHelp, IconSearch } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { FILTER_HELP } from './run-filter.ts';
import classes from './run-table.module.css';

interface FilterFieldProps {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly text: string;
  readonly onText: (text: string) => void;
}

export function FilterField({ field, text, onText }: FilterFieldProps) {
  return (
    <TextInput
      ref={field}
      className={classes.filter}
      aria-label="Filter runs"
      placeholder='Filter: name, #8, tag:"best so far"'
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSection={<FilterHelp onExample={onText} />}
      value={text}
      onChange={(event) => onText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        onText('');
        event.currentTarget.blur();
      }}
    />
  );
}

/** An example is tried by a press. */
function FilterHelp({ onExample }: { readonly onExample: (text: string) => void }) {
  return (
    <Popover position="bottom-start" width={380} trapFocus returnFocus withRoles>
      <Popover.Target>
        <ActionIcon variant="subtle" size={22} aria-label="What the filter understands">
          <IconHelp size={15} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <table className={classes.help}>
          <tbody>
            {FILTER_HELP.map(([example, meaning]) => (
              <tr key={example}>
                <th scope="row">
                  <button type="button" className="mono" onClick={() => onExample(example)}>
                    {example}
                  </button>
                </th>
                <td>{meaning}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="muted">Several words must all fit. Press an example to try it.</p>
      </Popover.Dropdown>
    </Popover>
  );
}
