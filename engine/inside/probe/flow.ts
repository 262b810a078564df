// inside.flow: what a probe recorded by lag, epoch by epoch.

import { type FlowChoice, InsideFlowFrame, type ProbeLayout } from '../../contract/inside/probe.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { FrameAnswer } from '../../contract/values/frame-answer.ts';
import { placeName, samePlace } from '../places.ts';
import { type RecordedProbe, readColumns, stepsOf } from './recorded.ts';
import { sectionOf } from './sections.ts';

type Choice = Omit<FlowChoice, 'run'>;

/** @throws HindcastError `invalid-input` for what the probe did not record. */
export function flowOf(recorded: RecordedProbe, choice: Choice): FrameAnswer {
  return choice.of === 'head' ? headFlow(recorded, choice) : stateFlow(recorded, choice);
}

function stateFlow(recorded: RecordedProbe, { of, place: wanted }: Choice): FrameAnswer {
  const { layout } = recorded;
  const place = layout.places.find((one) => samePlace(one.place, wanted));
  if (!place) throw noSuchPlace(layout, wanted);
  if (layout.windows === 0) throw noWindows();
  if (of === 'cell' && !place.hasCell) {
    throw refused(`The ${placeName(place.place)} has no cell state; ask for its hidden state.`, 'of');
  }
  const section = of === 'cell' ? sectionOf.cell(place) : sectionOf.hidden(place);
  const spectrum = readColumns(recorded, sectionOf.spectrum(place));
  return InsideFlowFrame.toAnswer({
    header: {
      of,
      place: place.place,
      layer: null,
      head: null,
      heads: 0,
      windows: layout.windows,
      steps: place.steps,
      lags: place.lags,
      absent: place.absent,
      blocks: place.blocks,
    },
    columns: {
      ...stepsOf(recorded),
      value: readColumns(recorded, section),
      radius: place.blocks.map((_, block) => spectrum[2 * block]!),
      largest: place.blocks.map((_, block) => spectrum[2 * block + 1]!),
      entropy: new Float32Array(recorded.snapshots.length).fill(Number.NaN),
    },
  });
}

function headFlow(recorded: RecordedProbe, { layer: wanted, head }: Choice): FrameAnswer {
  const { layout } = recorded;
  const layer = layout.attention.find((one) => one.layer === wanted);
  if (!layer || head >= layer.heads) throw noSuchHead(layout, wanted, head);
  return InsideFlowFrame.toAnswer({
    header: {
      of: 'head',
      place: null,
      layer: layer.layer,
      head,
      heads: layer.heads,
      windows: layout.attentionWindows,
      steps: layer.lags.reduce((sum, { count }) => sum + count, 0),
      lags: layer.lags,
      absent: 0,
      blocks: [],
    },
    columns: {
      ...stepsOf(recorded),
      value: readColumns(recorded, sectionOf.profile(layer, head)),
      radius: [],
      largest: [],
      entropy: readColumns(recorded, sectionOf.entropy(layer))[head]!,
    },
  });
}

const refused = (message: string, field: string): HindcastError =>
  new HindcastError('invalid-input', message, { details: { field } });

function noSuchPlace({ places }: ProbeLayout, wanted: FlowChoice['place']): HindcastError {
  const known = places.map(({ place }) => placeName(place)).join('; ');
  if (known !== '') return refused(`The model has no ${placeName(wanted)}; it has ${known}.`, 'place');
  return refused('This model has no recurrent state, so no gradient through time was recorded.', 'place');
}

function noWindows(): HindcastError {
  return new HindcastError(
    'too-few-rows',
    'No window of the validation part has all its targets, so no gradient was recorded; the histograms of the weights were.',
  );
}

function noSuchHead({ attention }: ProbeLayout, layer: number, head: number): HindcastError {
  if (attention.length === 0)
    return refused('No heads were recorded: the model has none, or they are too many.', 'of');
  const known = attention.map((one) => `layer ${one.layer} with ${one.heads}`).join(', ');
  return refused(
    `No head ${head} of layer ${layer} was recorded; heads count from 0, and there are ${known}.`,
    'head',
  );
}
