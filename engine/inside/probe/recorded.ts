// Snapshots of a run, number by number over the epochs.
import type { ProbeLayout } from '../../contract/inside/probe.ts';
import { readSection, sectionsOf } from './sections.ts';

export interface RecordedProbe {
  readonly layout: ProbeLayout;
  /** In order of epochs. */
  readonly snapshots: readonly { readonly epoch: number; readonly step: number; readonly data: Uint8Array }[];
}

/** [numbers of the section][snapshots] */
export function readColumns({ layout, snapshots }: RecordedProbe, name: string): Float32Array[] {
  const section = sectionsOf(layout).get(name)!;
  const columns = Array.from({ length: section.length }, () => new Float32Array(snapshots.length));
  for (const [row, { data }] of snapshots.entries()) {
    for (const [index, value] of readSection(data, section).entries()) columns[index]![row] = value;
  }
  return columns;
}

export const stepsOf = ({ snapshots }: RecordedProbe) => ({
  epoch: Int32Array.from(snapshots, ({ epoch }) => epoch),
  step: Int32Array.from(snapshots, ({ step }) => step),
});
