// Texts of the scored part with what was written for them: the most edits first. A click shows where the model looked.

import type { TranslationResult } from '../../../engine/contract/results/translation.ts';
import type { RunDetail } from '../../../engine/contract/runs/run.ts';
import { OpenTable } from '../../ui/open-table.tsx';
import { Panel } from '../../ui/page.tsx';
import css from './translate.module.css';
import { Translated } from './translated.tsx';

interface PairListProps {
  readonly run: RunDetail;
  readonly result: TranslationResult;
}

export function PairList({ run, result }: PairListProps) {
  return (
    <Panel title="Texts that need the most edits">
      <OpenTable
        label="Texts"
        rows={result.pairs}
        keyOf={({ sample }) => sample}
        columns={[
          { title: 'Read', className: css.cellText, cellOf: ({ source }) => source },
          { title: 'Right', className: css.cellText, cellOf: ({ references }) => references.join(' | ') },
          { title: 'Written', className: css.cellText, cellOf: ({ written }) => written },
          { title: 'Edits', isNumber: true, cellOf: ({ edits }) => edits },
          { title: 'Look', cellOf: () => 'Alignment' },
        ]}
        opens="Look"
        nameOf={({ source }) => `Alignment of ${source}`}
        detailOf={({ source }) => <Translated run={run} text={source} />}
      />
    </Panel>
  );
}
