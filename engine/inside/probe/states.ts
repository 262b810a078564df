// The part of a snapshot that a pass shows of its recurrent layers: norms of dL/dh by lag, and histograms of the gates.
import type { ProbedPlace, ProbeLayout } from '../../contract/inside/probe.ts';
import type { Probe, Site, SiteStates } from '../../models/pass.ts';
import type { StateSquares } from '../../ops/recurrent/recurrent-types.ts';
import { byLag } from '../forecaster/state-gradients.ts';
import { samePlace } from '../places.ts';
import { bySpan, GATE_CLASSES, type SnapshotWriter, sectionOf } from './sections.ts';

/** Values of a layer's gates that are looked at: of more, evenly spaced rows. */
export const MOST_GATE_VALUES = 2 ** 16;

/** Listeners that write into the snapshot. */
export function recordStates(layout: ProbeLayout, snapshot: SnapshotWriter): Probe {
  const counts = new Map<string, Uint32Array>();
  if (layout.places.length === 0) return {};
  const placeOf = (site: Site) => layout.places.find(({ place }) => samePlace(place, site))!;
  return {
    onStates(site, states) {
      const place = placeOf(site);
      if (states.gates) countGates(place, states, counts);
      // The piece before truncation comes first: the second call has both.
      for (const gate of place.gates) {
        const name = sectionOf.gate(place, gate);
        const found = counts.get(name)!;
        snapshot.shares(name, found, sum(found));
      }
    },
    onStateGradients: (site, squares) => recordNorms(placeOf(site), squares, snapshot),
  };
}

const sum = (counts: Uint32Array): number => counts.reduce((all, one) => all + one, 0);

function recordNorms(place: ProbedPlace, { hidden, cell }: StateSquares, snapshot: SnapshotWriter): void {
  const rows = hidden.length / (place.steps - place.absent);
  const norms = (squares: Float32Array) => bySpan(byLag(squares, place, rows), place.lags, true);
  snapshot.floats(sectionOf.hidden(place), norms(hidden));
  if (cell) snapshot.floats(sectionOf.cell(place), norms(cell));
}

/** Gates lie side by side, [batch, time, gates x units]. */
function countGates(
  place: ProbedPlace,
  { gates, outputs }: SiteStates,
  counts: Map<string, Uint32Array>,
): void {
  const values = gates!.dataSync() as Float32Array;
  const units = outputs.shape[2]!;
  const width = place.gates.length * units;
  const rows = values.length / width;
  const stride = spacing(Math.ceil(values.length / MOST_GATE_VALUES), outputs.shape[1]!);
  place.gates.forEach((gate, index) => {
    const name = sectionOf.gate(place, gate);
    const found = counts.get(name) ?? new Uint32Array(GATE_CLASSES);
    counts.set(name, found);
    const candidate = place.candidates.includes(gate);
    for (let row = 0; row < rows; row += stride) {
      const first = row * width + index * units;
      for (let at = first; at < first + units; at++) found[classOf(values[at]!, candidate)]!++;
    }
  });
}

/** Rows lie window by window: with a divisor of their steps the same few steps would be looked at in each. */
function spacing(least: number, steps: number): number {
  let stride = least;
  while (stride > 1 && commonDivisor(stride, steps) > 1) stride++;
  return stride;
}

const commonDivisor = (one: number, other: number): number =>
  other === 0 ? one : commonDivisor(other, one % other);

/** A gate lies between 0 and 1, a candidate between -1 and 1; NaN counts to the first class. */
function classOf(value: number, isCandidate: boolean): number {
  const share = isCandidate ? (value + 1) / 2 : value;
  return Math.max(0, Math.min(GATE_CLASSES - 1, Math.floor(share * GATE_CLASSES) || 0));
}
