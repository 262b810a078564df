// The view `reader`: what there is to see of a model of samples.
import type { SampleModel } from '../../contract/inside/reading.ts';
import { ANY_STEPS, anatomyAt, type OpenedReadings } from '../readings/load.ts';
import { placeOf } from './forecast-describe.ts';

const PARTS = ['train', 'validation', 'test'] as const;

export function reader(opened: OpenedReadings): SampleModel {
  const { readings } = opened;
  // Steps and keys are those of the sample that is looked at.
  const { sites, attention } = anatomyAt(opened, ANY_STEPS);
  return {
    unit: readings.unit,
    says: readings.answers,
    scale: readings.scale.name,
    classes: readings.answers === 'next' ? [] : [...readings.choices],
    hasPictures: readings.pictures !== undefined,
    readsText: readings.ofText !== undefined,
    places: sites.map(placeOf),
    attention: [...attention],
    parts: PARTS.map((part) => ({ part, samples: readings.samples[part] })),
  };
}
