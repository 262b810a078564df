// The origin of another run at the same time. Pure.
import type { InsideDescription } from '../../../engine/contract/inside/description.ts';

type Described = Pick<InsideDescription, 'parts'>;

/** Origins of a part lie evenly in time; null where the other run has none there, or not in that series. */
export function sameOrigin(
  one: Described,
  other: Described,
  { part, origin }: { readonly part: InsideDescription['parts'][number]['part']; readonly origin: number },
): number | null {
  const here = one.parts.find((each) => each.part === part)?.series ?? [];
  const series = here.find(({ first, origins }) => origin >= first && origin < first + origins);
  const there = other.parts
    .find((each) => each.part === part)
    ?.series.find(({ series: name }) => name === series?.series);
  if (!series || !there) return null;
  const share = series.origins > 1 ? (origin - series.first) / (series.origins - 1) : 0;
  const at = series.firstUs + share * (series.lastUs - series.firstUs);
  const step = there.origins > 1 ? (there.lastUs - there.firstUs) / (there.origins - 1) : 1;
  const index = Math.round((at - there.firstUs) / step);
  return index >= 0 && index < there.origins ? there.first + index : null;
}
