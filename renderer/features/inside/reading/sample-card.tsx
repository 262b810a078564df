// One step of one unit of a model of samples in numbers.
import { useQuery } from '@tanstack/react-query';
import { useEngine } from '../../../engine/engine-context.tsx';
import { StepPanel } from '../step-card.tsx';
import { cardQuery } from './reading-queries.ts';
import { type FrameProps, nameOfStep } from './reading-view.ts';

interface SampleCardProps extends FrameProps {
  readonly unit: number;
  /** Among the steps of the frame. */
  readonly step: number;
}

export function SampleCard({ asked, version, frame, unit, step, change }: SampleCardProps) {
  const { data: card, error } = useQuery(cardQuery(useEngine(), asked, { unit, step }, version));
  return (
    <StepPanel
      title={`Unit ${unit}, step ${frame.header.before + step}`}
      card={card}
      error={error}
      when={`${frame.header.sample.name}, ${nameOfStep(frame, step)}`}
      onClose={() => change({ unit: null, at: null })}
    />
  );
}
