// To try a translator: the translation comes while the text is typed.
import { Group, NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { RunDetail } from '../../../engine/contract/runs/run.ts';
import { Panel } from '../../ui/page.tsx';
import { useTextToTranslate } from './text-to-translate.tsx';
import { Translated } from './translated.tsx';

export function TryTranslation({ run }: { readonly run: RunDetail }) {
  const { beam: ofRun, lengthPenalty: penaltyOfRun } = run.configuration.task as {
    readonly beam?: number;
    readonly lengthPenalty?: number;
  };
  const { field, settled } = useTextToTranslate('A text to translate');
  const [beam, setBeam] = useState(ofRun ?? 1);
  const [lengthPenalty, setPenalty] = useState(penaltyOfRun ?? 0);
  return (
    <Panel title="Try it">
      {field}
      <Group grow mt="sm">
        <NumberInput
          label="Beam"
          min={1}
          max={32}
          clampBehavior="none"
          allowDecimal={false}
          value={beam}
          onChange={(next) => setBeam(next === '' ? (ofRun ?? 1) : Number(next))}
        />
        <NumberInput
          label="Length penalty"
          min={0}
          max={5}
          step={0.1}
          clampBehavior="none"
          value={lengthPenalty}
          onChange={(next) => setPenalty(next === '' ? (penaltyOfRun ?? 0) : Number(next))}
        />
      </Group>
      <Translated run={run} text={settled} beam={beam} lengthPenalty={lengthPenalty} />
    </Panel>
  );
}
