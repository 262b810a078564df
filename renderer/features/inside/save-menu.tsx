// Saves what a view shows: as a picture (PNG with two pixels for each, SVG with lines and texts as vectors), or its numbers, unreduced,
// as CSV.
import { Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { type RefObject, useState } from 'react';
import type { RunDetail } from '../../../engine/contract/runs/run.ts';
import { HindcastError } from '../../../engine/contract/values/errors.ts';
import { TABLES, type TableViewName } from '../../../engine/tables/inside/registry.ts';
import { csvOf, type InsideQuestion } from '../../../engine/tables/inside/view.ts';
import { useShell } from '../../app/shell-context.tsx';
import { pictureOf, pngOf } from '../../charts/figure-picture.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import type { FileToSave } from '../../shell/shell.ts';
import { BusyButton } from '../../ui/busy-button.tsx';
import { fileName, plural } from '../../ui/format.ts';
import { notifyDone, notifyError } from '../../ui/messages.tsx';
import { putIntoReport } from '../export/report-figures.ts';

interface SaveMenuProps {
  readonly run: RunDetail;
  /** In the report. */
  readonly title: string;
  /** What follows the name of the run. */
  readonly fileName: string;
  readonly tables: readonly TableViewName[];
  readonly question: (table: TableViewName) => InsideQuestion;
  readonly content: RefObject<HTMLDivElement | null>;
}

export function SaveMenu({ run, title, fileName: suffix, tables, question, content }: SaveMenuProps) {
  const engine = useEngine();
  const shell = useShell();
  const [isBusy, setBusy] = useState(false);
  const name = fileName(`${run.name} ${suffix}`);

  async function save(make: () => Promise<readonly FileToSave[]>): Promise<void> {
    setBusy(true);
    try {
      const saved = await shell.saveFiles(name, await make());
      if (saved) notifyDone(`Saved ${saved.destination}.`);
    } catch (error) {
      notifyError(error);
    } finally {
      setBusy(false);
    }
  }
  function picture() {
    const made = content.current && pictureOf(content.current);
    if (made) return made;
    throw new HindcastError(
      'conflict',
      'This view shows no chart yet; wait until it is there, then save it.',
    );
  }
  const png = async () => [{ name: `${name}.png`, content: await pngOf(picture()) }];
  const svg = async () => [
    { name: `${name}.svg`, content: new Blob([picture().svg], { type: 'image/svg+xml' }) },
  ];
  const csv = () =>
    Promise.all(
      tables.map(async (table) => ({
        name: tables.length === 1 ? `${name}.csv` : `${table}.csv`,
        content: new Blob([csvOf(await TABLES[table].table(engine, question(table)))], {
          type: 'text/csv',
        }),
      })),
    );
  function report(): void {
    try {
      const count = putIntoReport(run.id, { title, svg: picture().svg });
      notifyDone(
        `The next report of run ${run.id} shows ${plural(count, 'view')} into its model: choose Export, Report.`,
      );
    } catch (error) {
      notifyError(error);
    }
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <BusyButton variant="default" leftSection={<IconDownload size={15} aria-hidden />} isBusy={isBusy}>
          Save
        </BusyButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => save(png)}>Picture (PNG)</Menu.Item>
        <Menu.Item onClick={() => save(svg)}>Drawing (SVG)</Menu.Item>
        <Menu.Item onClick={() => save(csv)}>Numbers (CSV)</Menu.Item>
        <Menu.Item onClick={report}>Into the report</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
