// The results that the workspace keeps of a lab: one is shown, another one may be set beside it.
import { Button, UnstyledButton } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { LabSummary } from '../../../engine/contract/labs.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { formatInstant } from '../../ui/format.ts';
import { notifyError } from '../../ui/messages.tsx';
import { Panel, TableScroll } from '../../ui/page.tsx';
import { unbroken } from '../../ui/unbroken.ts';
import runClasses from '../run/run-page.module.css';
import { LAB_KEY } from './lab-queries.ts';

interface EarlierResultsProps {
  readonly results: readonly LabSummary[];
  readonly shown: number | null;
  readonly compared: number | null;
  readonly onShow: (id: number | null) => void;
  readonly onCompare: (id: number | null) => void;
}

export function EarlierResults({ results, shown, compared, onShow, onCompare }: EarlierResultsProps) {
  const engine = useEngine();
  const client = useQueryClient();
  async function remove(id: number): Promise<void> {
    try {
      await engine.labs.delete({ result: id });
      if (shown === id) onShow(null);
      if (compared === id) onCompare(null);
      await client.invalidateQueries({ queryKey: LAB_KEY });
    } catch (error) {
      notifyError(error);
    }
  }
  if (results.length === 0) return null;
  return (
    <Panel title="Results kept in the workspace">
      <TableScroll label="Results">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">Result</th>
              <th scope="col">Measured</th>
              <th scope="col">Data</th>
              <th scope="col">
                <span className="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {results.map(({ id, atMs, sentence, data, quick }) => (
              <tr key={id} aria-current={id === shown ? 'true' : undefined}>
                <td className="nowrap">
                  <UnstyledButton className={runClasses.link ?? ''} onClick={() => onShow(id)}>
                    {id}, {formatInstant(atMs)}
                  </UnstyledButton>
                </td>
                <td style={{ whiteSpace: 'normal' }}>{unbroken(sentence)}</td>
                <td className="nowrap">
                  {data ?? "the lab's own"}
                  {quick && ', quick'}
                </td>
                <td>
                  <Button.Group>
                    <Button
                      variant="default"
                      size="compact-xs"
                      disabled={shown === null || id === shown}
                      aria-pressed={id === compared}
                      onClick={() => onCompare(id === compared ? null : id)}
                    >
                      {id === compared ? 'Beside' : 'Compare'}
                    </Button>
                    <Button variant="default" size="compact-xs" onClick={() => remove(id)}>
                      Delete
                    </Button>
                  </Button.Group>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </Panel>
  );
}
