// Where the rarer of two classes begins to be said: moved by hand, or set to what validation would choose.
import { Button, Group, Slider } from '@mantine/core';
import { useState } from 'react';
import type { ClassifyResult } from '../../../engine/contract/results/classify-result.ts';
import { formatNumber } from '../../ui/format.ts';
import { Panel } from '../../ui/page.tsx';
import css from './classify.module.css';

const EVEN = 0.5;
const STEP = 0.01;

interface ThresholdProps {
  readonly result: ClassifyResult;
  /** Null: as the run decides. */
  readonly onMove: (threshold: number | null) => void;
}

export function Threshold({ result, onMove }: ThresholdProps) {
  const [dragged, setDragged] = useState<number | null>(null);
  const { decision, classes } = result;
  if (!decision) return null;
  const { threshold, onValidation } = decision;
  const shown = dragged ?? threshold;
  const name = classes[decision.class]!;
  const move = (value: number | null) => {
    setDragged(value);
    onMove(value);
  };
  return (
    <Panel title={`Decision: ${name} from a probability of ${formatNumber(shown)}`}>
      <p className="muted">
        A lower threshold finds more of {name} and raises more false alarms. Scores and matrix follow; the run
        keeps its own.
      </p>
      <Slider
        className={css.threshold}
        min={0}
        max={1}
        step={STEP}
        label={formatNumber}
        thumbLabel="Decision threshold"
        value={shown}
        onChange={setDragged}
        onChangeEnd={onMove}
      />
      <Group gap="xs" mt="xs">
        <Button variant="default" size="compact-sm" onClick={() => move(EVEN)}>
          Even: {EVEN}
        </Button>
        {onValidation !== null && (
          <Button variant="default" size="compact-sm" onClick={() => move(onValidation)}>
            Best macro-F1 on validation: {formatNumber(onValidation)}
          </Button>
        )}
        <Button variant="subtle" size="compact-sm" onClick={() => move(null)}>
          As the run decides
        </Button>
      </Group>
    </Panel>
  );
}
