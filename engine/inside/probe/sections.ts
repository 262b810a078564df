// Where each number of a snapshot stands: first the float32 sections, then shares as uint16. Writing and reading follow this list.
import type { LagSpan, ProbedAttention, ProbedPlace, ProbeLayout } from '../../contract/inside/probe.ts';
import { classCount } from './log-classes.ts';

/** Classes of a gate's histogram, evenly wide. */
export const GATE_CLASSES = 32;
export const KINDS = ['weights', 'gradients', 'updates'] as const;
export type Kind = (typeof KINDS)[number];

export interface Section {
  readonly type: 'f32' | 'u16';
  readonly length: number;
  /** Bytes before it. */
  readonly offset: number;
}

/** Names of the sections: one function a kind, so that writer and reader cannot differ. */
export const sectionOf = {
  hidden: ({ path }: ProbedPlace) => `hidden ${path}`,
  cell: ({ path }: ProbedPlace) => `cell ${path}`,
  /** Radius and largest singular value, block by block. */
  spectrum: ({ path }: ProbedPlace) => `spectrum ${path}`,
  gate: ({ path }: ProbedPlace, gate: string) => `gate ${path}/${gate}`,
  /** Head by head. */
  entropy: ({ layer }: ProbedAttention) => `entropy ${layer}`,
  profile: ({ layer }: ProbedAttention, head: number) => `profile ${layer} ${head}`,
  /** Of weights, gradients and updates. */
  norms: (parameter: string) => `norms ${parameter}`,
  histogram: (kind: Kind, parameter: string) => `${kind} ${parameter}`,
} as const;

const BYTES = { f32: 4, u16: 2 } as const;

/** By name, in their order. */
export function sectionsOf(layout: ProbeLayout): ReadonlyMap<string, Section> {
  const floats = [
    ...layout.places.flatMap((place) => statesOf(layout, place)),
    ...layout.attention.map((layer) => [sectionOf.entropy(layer), layer.heads] as const),
    ...layout.parameters.map(({ name }) => [sectionOf.norms(name), KINDS.length] as const),
  ];
  const shares = [
    ...layout.places.flatMap((place) => gatesOf(layout, place)),
    ...layout.attention.flatMap(profilesOf),
    ...layout.parameters.flatMap(({ name }) =>
      KINDS.map((kind) => [sectionOf.histogram(kind, name), classCount(layout.bins) + 1] as const),
    ),
  ];
  const sections = new Map<string, Section>();
  let offset = 0;
  const add = (type: Section['type'], all: readonly (readonly [string, number])[]) => {
    for (const [name, length] of all) {
      sections.set(name, { type, length, offset });
      offset += BYTES[type] * length;
    }
  };
  add('f32', floats);
  add('u16', shares);
  return sections;
}

function statesOf({ windows }: ProbeLayout, place: ProbedPlace): (readonly [string, number])[] {
  const { lags, hasCell, blocks } = place;
  return [
    ...(windows > 0 ? [[sectionOf.hidden(place), lags.length] as const] : []),
    ...(windows > 0 && hasCell ? [[sectionOf.cell(place), lags.length] as const] : []),
    [sectionOf.spectrum(place), 2 * blocks.length],
  ];
}

const gatesOf = ({ windows }: ProbeLayout, place: ProbedPlace) =>
  windows > 0 ? place.gates.map((gate) => [sectionOf.gate(place, gate), GATE_CLASSES] as const) : [];

const profilesOf = (layer: ProbedAttention) =>
  Array.from(
    { length: layer.heads },
    (_, head) => [sectionOf.profile(layer, head), layer.lags.length] as const,
  );

export function snapshotBytes(layout: ProbeLayout): number {
  let end = 0;
  for (const { type, length, offset } of sectionsOf(layout).values()) end = offset + BYTES[type] * length;
  return end;
}

/** Numbers of a section as floats; shares between 0 and 1. */
export function readSection(data: Uint8Array, { type, length, offset }: Section): Float32Array {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return Float32Array.from({ length }, (_, index) =>
    type === 'f32'
      ? view.getFloat32(offset + 4 * index, true)
      : view.getUint16(offset + 2 * index, true) / 0xffff,
  );
}

export interface SnapshotWriter {
  floats(name: string, values: ArrayLike<number>): void;
  /** @param parts of a whole; what is above 0 stays so */
  shares(name: string, parts: ArrayLike<number>, whole: number): void;
  readonly data: Uint8Array<ArrayBuffer>;
}

export function createSnapshot(sections: ReadonlyMap<string, Section>, bytes: number): SnapshotWriter {
  const data = new Uint8Array(bytes);
  const view = new DataView(data.buffer);
  return {
    data,
    floats(name, values) {
      const { length, offset } = sections.get(name)!;
      for (let index = 0; index < length; index++) view.setFloat32(offset + 4 * index, values[index]!, true);
    },
    shares(name, parts, whole) {
      const { length, offset } = sections.get(name)!;
      for (let index = 0; index < length; index++) {
        const share = whole > 0 ? parts[index]! / whole : 0;
        const rounded = share > 0 ? Math.max(1, Math.round(share * 0xffff)) : 0;
        view.setUint16(offset + 2 * index, rounded, true);
      }
    },
  };
}

/** One number for each span of lags: of squares, the root of their mean. */
export function bySpan(values: ArrayLike<number>, lags: readonly LagSpan[], isNorm: boolean): Float64Array {
  return Float64Array.from(lags, ({ from, count }) => {
    let sum = 0;
    for (let lag = from; lag < from + count; lag++) sum += isNorm ? values[lag]! ** 2 : values[lag]!;
    return isNorm ? Math.sqrt(sum / count) : sum / count;
  });
}
