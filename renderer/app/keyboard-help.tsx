// Every key of the workbench on one card.
import { Modal } from '@mantine/core';
import { KeyHint } from '../ui/run-state.tsx';

const GROUPS: readonly { readonly title: string; readonly keys: readonly (readonly [string, string])[] }[] = [
  {
    title: 'Everywhere',
    keys: [
      ['mod k', 'Command palette'],
      ['g r', 'Runs'],
      ['g d', 'Data'],
      ['g e', 'Design an experiment'],
      ['g c', 'Compare'],
      ['g l', 'Learn'],
      ['g s', 'Settings'],
      ['n', 'New experiment'],
      ['i', 'Import a file'],
      ['[', 'Narrow or widen the navigation'],
      ['?', 'This card'],
    ],
  },
  {
    title: 'Charts',
    keys: [
      ['←', 'Cursor to the left'],
      ['→', 'Cursor to the right'],
      ['+', 'Zoom in'],
      ['-', 'Zoom out'],
      ['Shift ←', 'Earlier part, where it is zoomed'],
      ['Shift →', 'Later part, where it is zoomed'],
      ['0', 'Show all'],
    ],
  },
  {
    title: 'Lists',
    keys: [
      ['j', 'Down'],
      ['k', 'Up'],
      ['Enter', 'Open; of a study, show or hide its runs'],
      ['→', 'Show the runs of a study'],
      ['←', 'Hide the runs of a study'],
      ['x', 'Select'],
      ['/', 'Filter'],
      ['c', 'Compare the selected runs'],
      ['s', 'Stop or resume'],
      ['d', 'Duplicate'],
      ['e', 'Export'],
      ['F2', 'Rename'],
      ['Alt ↑', 'Earlier in the queue'],
      ['Alt ↓', 'Later in the queue'],
      ['Shift F10', 'All that can be done'],
      ['Delete', 'Delete'],
    ],
  },
];

export function KeyboardHelp({
  opened,
  onClose,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard" size="lg">
      <div style={{ columns: '2 240px', columnGap: 24 }}>
        {GROUPS.map(({ title, keys }) => (
          <section key={title} style={{ breakInside: 'avoid', paddingBottom: 18 }}>
            <h3 style={{ fontSize: '0.8125rem', marginBottom: 6 }}>{title}</h3>
            {keys.map(([key, text]) => (
              <div key={key} style={{ display: 'flex', justifyContent: 'space-between', padding: '3px 0' }}>
                <span>{text}</span>
                <KeyHint keys={key} />
              </div>
            ))}
          </section>
        ))}
      </div>
    </Modal>
  );
}
