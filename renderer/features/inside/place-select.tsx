// Chooses the layer and direction that is looked at, where there is more than one.
import { Select } from '@mantine/core';
import type { InsidePlace } from '../../../engine/contract/inside/description.ts';
import type { Place } from '../../../engine/contract/inside/target.ts';
import { nameOfPlace } from './inside-choice.ts';
import type { InsideViewProps } from './inside-view.ts';

export function PlaceSelect({ about, choice, change }: Pick<InsideViewProps, 'about' | 'choice' | 'change'>) {
  const chosen = placeOf({ about, choice });
  if (!chosen || about.places.length < 2) return null;
  return (
    <Select
      aria-label="Layer"
      data={about.places.map((one) => ({
        value: nameOfPlace(one.place),
        label: titleOf(one.place, about.places),
      }))}
      value={nameOfPlace(chosen.place)}
      onChange={(name) => {
        const next = about.places.find((one) => nameOfPlace(one.place) === name);
        if (next) change({ place: next.place, what: null, unit: null, step: null });
      }}
      allowDeselect={false}
      size="xs"
      w={190}
    />
  );
}

/** What the choice names, or the first one; undefined where the model has no recurrent layer. */
export function placeOf({
  about,
  choice,
}: Pick<InsideViewProps, 'about' | 'choice'>): InsidePlace | undefined {
  const name = nameOfPlace(choice.place);
  return about.places.find(({ place }) => nameOfPlace(place) === name) ?? about.places[0];
}

/** `Layer 0`, `Layer 1, backward`, `Decoder, layer 0`: only what tells it from the others. */
export function titleOf({ part, layer, direction }: Place, all: readonly InsidePlace[]): string {
  const hasParts = all.some(({ place }) => place.part === 'decoder');
  const hasDirections = all.some(({ place }) => place.direction === 'backward');
  const words = [
    hasParts ? (part === 'encoder' ? 'Encoder' : 'Decoder') : '',
    `${hasParts ? 'layer' : 'Layer'} ${layer}`,
    hasDirections ? direction : '',
  ];
  return words.filter((word) => word !== '').join(', ');
}
