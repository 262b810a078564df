// inside.histograms: what a probe recorded of one parameter, or one gate, epoch by epoch.

import {
  type HistogramsChoice,
  InsideHistogramsFrame,
  type ProbedPlace,
  type ProbeLayout,
} from '../../contract/inside/probe.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { FrameAnswer } from '../../contract/values/frame-answer.ts';
import { classesOf } from './log-classes.ts';
import { type RecordedProbe, readColumns, stepsOf } from './recorded.ts';
import { GATE_CLASSES, KINDS, sectionOf } from './sections.ts';

type Choice = Omit<HistogramsChoice, 'run'>;

/** @throws HindcastError `invalid-input` for what the probe did not record. */
export function histogramsOf(recorded: RecordedProbe, choice: Choice): FrameAnswer {
  return choice.of === 'gates' ? ofGate(recorded, choice) : ofParameter(recorded, choice);
}

function ofParameter(recorded: RecordedProbe, choice: Choice): FrameAnswer {
  const { parameters, bins } = recorded.layout;
  const kind = KINDS.find((one) => one === choice.of)!;
  const names = parameters.map(({ name }) => name);
  const parameter = chosen(choice, names);
  const classes = classesOf(bins);
  const shares = readColumns(recorded, sectionOf.histogram(kind, parameter));
  const norms = readColumns(recorded, sectionOf.norms(parameter));
  const [weights, , updates] = norms as [Float32Array, Float32Array, Float32Array];
  return InsideHistogramsFrame.toAnswer({
    header: {
      of: choice.of,
      parameter,
      parameters: names,
      size: parameters[names.indexOf(parameter)]!.size,
      classes,
    },
    columns: {
      ...stepsOf(recorded),
      share: shares.slice(0, classes.length),
      broken: shares[classes.length]!,
      norm: norms[KINDS.indexOf(kind)]!,
      ratio: updates.map((update, row) => update / weights[row]!),
    },
  });
}

function ofGate(recorded: RecordedProbe, choice: Choice): FrameAnswer {
  const gates = gatesOf(recorded.layout);
  const parameter = chosen(choice, [...gates.keys()]);
  const { place, gate } = gates.get(parameter)!;
  const from = place.candidates.includes(gate) ? -1 : 0;
  const width = (1 - from) / GATE_CLASSES;
  const absent = new Float32Array(recorded.snapshots.length).fill(Number.NaN);
  return InsideHistogramsFrame.toAnswer({
    header: {
      of: 'gates',
      parameter,
      parameters: [...gates.keys()],
      size: null,
      classes: Array.from({ length: GATE_CLASSES }, (_, index) => ({
        from: from + index * width,
        to: from + (index + 1) * width,
      })),
    },
    columns: {
      ...stepsOf(recorded),
      share: readColumns(recorded, sectionOf.gate(place, gate)),
      broken: new Float32Array(recorded.snapshots.length),
      norm: absent,
      ratio: absent,
    },
  });
}

function gatesOf({ places, windows }: ProbeLayout) {
  const known = new Map<string, { readonly place: ProbedPlace; readonly gate: string }>();
  if (windows === 0) return known;
  for (const place of places) {
    for (const gate of place.gates) known.set(`${place.path}/${gate}`, { place, gate });
  }
  return known;
}

function chosen({ of, parameter }: Choice, names: readonly string[]): string {
  const [first] = names;
  const name = parameter ?? first;
  if (name !== undefined && names.includes(name)) return name;
  const message =
    first === undefined
      ? `No ${of} were recorded: the model has none, or no validation window has all its targets.`
      : `No ${of} of "${name}" were recorded; there are ${names.join(', ')}.`;
  throw new HindcastError('invalid-input', message, { details: { field: 'parameter', known: names } });
}
