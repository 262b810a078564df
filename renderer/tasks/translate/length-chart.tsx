// The score by the length of the text that is read: without attention it falls with the length, since all of a text has to fit into one state.
import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { LengthScore } from '../../../engine/contract/translation.ts';
import type { Line } from '../../charts/draw.ts';
import { LinePlot } from '../../charts/line-plot.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { Panel } from '../../ui/page.tsx';

export interface LengthLine extends Pick<Line, 'id' | 'label' | 'color' | 'dash'> {
  readonly scores: readonly LengthScore[];
}

const VALUES = {
  exact: 'Exact match',
  edits: 'Edit rate',
} as const;
type Value = keyof typeof VALUES;

export function LengthChart({ lines }: { readonly lines: readonly LengthLine[] }) {
  const [value, setValue] = useState<Value>('exact');
  return (
    <Panel>
      <LinePlot
        title={`${VALUES[value]} by the length of the text that is read`}
        lines={lines.map(({ scores, ...look }) => ({
          ...look,
          width: 2,
          x: Float64Array.from(scores, ({ from, to }) => (from + to) / 2),
          y: Float64Array.from(scores, (score) => 100 * score[value]),
        }))}
        height={240}
        xLabel="tokens"
        formatX={(at) => formatCount(Math.round(at))}
        formatY={(share) => `${formatNumber(share, 3)} %`}
        empty="The texts are written …"
        controls={
          <SegmentedControl
            size="xs"
            aria-label="Score"
            value={value}
            onChange={(next) => setValue(next as Value)}
            data={Object.entries(VALUES).map(([name, label]) => ({ value: name, label }))}
          />
        }
      />
    </Panel>
  );
}
