// Where a training that is started here runs: shown where the workspace has a pool.
import { SegmentedControl } from '@mantine/core';
import type { Place } from '../../../engine/contract/pool/place.ts';
import { usePlace } from '../../engine/pool.ts';

const PLACES: readonly { value: Place; label: string }[] = [
  { value: 'here', label: 'This machine' },
  { value: 'pool', label: 'Pool' },
];

export function TrainOn() {
  const { hasPool, place, choose } = usePlace();
  if (!hasPool) return null;
  return (
    <SegmentedControl
      fullWidth
      aria-label="Train on"
      data={[...PLACES]}
      value={place}
      onChange={(next) => choose(next as Place)}
    />
  );
}
