// Below the chart of a result: error by step and the worst origins.
import { UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ResultFrame } from '../../../engine/contract/results/result.ts';
import { leadingErrors, TITLES, worstText } from '../../../engine/words/scores/result-words.ts';
import { LinePlot } from '../../charts/line-plot.tsx';
import { useCatalogue } from '../../engine/use-catalogue.ts';
import classes from '../../features/run/run-page.module.css';
import { lookOfSubject } from '../../features/run/subjects.ts';
import { formatCount, formatDataTime, formatNumber } from '../../ui/format.ts';
import { Panel } from '../../ui/page.tsx';

interface FrameProps {
  readonly frame: ResultFrame;
}

export function ErrorByStep({ frame, controls }: FrameProps & { readonly controls?: ReactNode }) {
  const catalogue = useCatalogue();
  const { errorByStep } = frame.header;
  const steps = Array.from({ length: errorByStep[0]?.errors.length ?? 0 }, (_, index) => index + 1);
  const lines = leadingErrors(errorByStep).map(({ subject, errors }) => ({
    id: subject,
    label: subject,
    ...lookOfSubject(subject, catalogue),
    x: steps,
    y: errors,
    dots: true,
  }));
  return (
    <Panel>
      <LinePlot
        title={TITLES.byStep}
        controls={controls}
        lines={lines}
        height={220}
        xKind="count"
        xLabel="steps ahead"
        xDomain={[1, Math.max(2, steps.length)]}
        formatX={formatCount}
        formatY={formatNumber}
      />
    </Panel>
  );
}

export function WorstOrigins({
  frame,
  onOrigin,
}: FrameProps & { readonly onOrigin: (origin: number) => void }) {
  const { worst, errorByStep } = frame.header;
  return (
    <Panel title={TITLES.worst}>
      <ol className={classes.worst}>
        {worst.map(({ origin, originUs, error }) => (
          <li key={origin}>
            <UnstyledButton className={classes.worstButton ?? ''} onClick={() => onOrigin(origin)}>
              <span className="num">{formatDataTime(originUs)}</span>
              <span className="muted num">{worstText({ error }, errorByStep, formatNumber)}</span>
              <IconChevronRight size={15} aria-hidden />
            </UnstyledButton>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
