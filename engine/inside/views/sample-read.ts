// The view `read`: one sample step by step: what is read, what is answered, what speaks for it, states, and where a head looks.
import { InsideReadingFrame, type ReadChoice } from '../../contract/inside/reading.ts';
import { answersOf, explainedBy, shownClasses } from '../readings/answers.ts';
import { blockOf, evidenceOf, gradientOf, sharesOverTime } from '../readings/explain.ts';
import type { Reader } from '../readings/load.ts';
import { headsOf, statesOf } from '../readings/maps.ts';
import { passOver } from '../readings/pass.ts';
import { chooseSample } from '../readings/samples.ts';
import { planAt } from '../site-values.ts';

export function read(reader: Reader, choice: ReadChoice): Uint8Array {
  const { readings } = reader;
  const sample = chooseSample(reader, choice);
  const seen = passOver(reader, sample);
  const answers = answersOf(readings, seen.logs, sample.source ?? 0);
  const explained = explainedBy(readings, { sample, answers, step: choice.step, choice: choice.choice });
  const classes = readings.answers !== 'sample' ? [] : shownClasses(readings, answers.last, sample.truth);
  const overTime = classes.length > 0 ? sharesOverTime(reader, sample) : [];
  const states = statesOf(seen, choice, sample);
  const heads = headsOf(seen, choice, sample);
  const { steps } = sample;
  return InsideReadingFrame.encode({
    header: {
      sample: {
        part: choice.part,
        index: choice.sample,
        samples: readings.samples[choice.part],
        name: sample.name,
        truth: sample.truth,
        isOwn: choice.text !== undefined,
      },
      unit: readings.unit,
      says: readings.answers,
      scale: readings.scale.name,
      firstAnswer: sample.source ?? 0,
      length: sample.length,
      before: sample.before,
      stepSeconds: readings.stepSeconds,
      labels: [...(sample.labels ?? [])],
      channels: [...readings.channels],
      classes: classes.map((one) => readings.choices[one]!),
      explained: {
        step: explained.step,
        choice: readings.choices[explained.choice]!,
        share: answers.shareAt(explained),
      },
      answers: answers.listed,
      rows: states.rows,
      what: choice.what,
      middle: states.middle,
      reach: states.reach,
      truncated: states.truncated,
      reachOfTraining: readings.reach ?? null,
      queries: heads.queries,
      heads: heads.summaries,
      block: blockOf(steps),
    },
    columns: {
      input: readings.channels.map((_, channel) =>
        Float32Array.from(
          { length: steps },
          (_row, step) => sample.values[step * readings.channels.length + channel]!,
        ),
      ),
      share: classes.map((one) => Float32Array.from(overTime, (shares) => shares[one]!)),
      probability: Float32Array.from({ length: steps }, (_, step) => {
        if (readings.answers === 'frame')
          return step < (sample.source ?? 0)
            ? Number.NaN
            : answers.shareAt({ step, choice: explained.choice });
        const next = sample.next?.[step] ?? -1;
        return next < 0 ? Number.NaN : answers.shareAt({ step, choice: next });
      }),
      entropy: Float32Array.from({ length: steps }, (_, step) => answers.bitsAt(step)),
      evidence: evidenceOf(reader, sample, explained),
      gradient:
        seen.sites.length > 0
          ? gradientOf(reader, sample, explained, planAt(seen.anatomy, choice.place))
          : new Float32Array(steps).fill(Number.NaN),
      mean: states.mean,
      extreme: states.extreme,
      weight: heads.weights,
    },
  });
}
