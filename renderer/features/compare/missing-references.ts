// Runs and studies that an address names and that are no longer there: the others are compared all the same. Pure.
import { studyNumberOf } from '../../../engine/contract/values/ids.ts';

type Known = readonly { readonly id: number }[] | undefined;

/** `references`: `3`, `s2`. None is missing while a list has not come yet. */
export function missingReferences(references: readonly string[], runs: Known, studies: Known): string[] {
  if (runs === undefined || studies === undefined) return [];
  return references.filter((reference) => {
    const study = studyNumberOf(reference);
    return study === null
      ? !runs.some(({ id }) => String(id) === reference)
      : !studies.some(({ id }) => id === study);
  });
}

/** `Run 7 and study s2 are not in this workspace: they are left out.` */
export function missingText(references: readonly string[]): string {
  const names = references.map((one) => (studyNumberOf(one) === null ? `run ${one}` : `study ${one}`));
  const list = names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  const [verb, rest] = names.length === 1 ? ['is', 'it is'] : ['are', 'they are'];
  return `${list[0]!.toUpperCase()}${list.slice(1)} ${verb} not in this workspace: ${rest} left out.`;
}
