// Texts of the scored part with what was written for them: the most edits first. A click shows where the model looked.
import { Button } from '@mantine/core';
import { Fragment, useState } from 'react';
import type { RunDetail } from '../../../engine/contract/run.ts';
import type { TranslationResult } from '../../../engine/contract/translation.ts';
import { Panel, TableScroll } from '../../ui/page.tsx';
import css from './translate.module.css';
import { Translated } from './translated.tsx';

interface PairListProps {
  readonly run: RunDetail;
  readonly result: TranslationResult;
}

export function PairList({ run, result }: PairListProps) {
  const [open, setOpen] = useState<number | null>(null);
  return (
    <Panel title="Texts that need the most edits">
      <TableScroll label="Texts">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">Read</th>
              <th scope="col">Right</th>
              <th scope="col">Written</th>
              <th scope="col" className="num">
                Edits
              </th>
              <th scope="col">Look</th>
            </tr>
          </thead>
          <tbody>
            {result.pairs.map(({ sample, source, references, written, edits }) => (
              <Fragment key={sample}>
                <tr>
                  <td className={css.cellText}>{source}</td>
                  <td className={css.cellText}>{references.join(' | ')}</td>
                  <td className={css.cellText}>{written}</td>
                  <td className="num">{edits}</td>
                  <td>
                    <Button
                      variant="subtle"
                      size="compact-xs"
                      aria-expanded={open === sample}
                      aria-label={`Alignment of ${source}`}
                      onClick={() => setOpen(open === sample ? null : sample)}
                    >
                      Alignment
                    </Button>
                  </td>
                </tr>
                {open === sample && (
                  <tr>
                    <td colSpan={5}>
                      <Translated run={run} text={source} />
                    </td>
                  </tr>
                )}
              </Fragment>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </Panel>
  );
}
