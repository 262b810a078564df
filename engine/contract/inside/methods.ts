// The API group `inside`: see on your own data why a sequence model learns or fails.
import { z } from 'zod';
import { reads } from '../api/api-base.ts';
import { FrameAnswerSchema } from '../values/frame-answer.ts';
import { AttentionChoiceSchema, InsideQuerySchema, QueryChoiceSchema } from './attention.ts';
import { AttributeChoiceSchema } from './attribution.ts';
import { InsideDescriptionSchema } from './description.ts';
import {
  GatesChoiceSchema,
  GradientsChoiceSchema,
  InsideGatesSchema,
  InsideGradientsSchema,
  InsideSpectrumSchema,
  InsideStepSchema,
  SpectrumChoiceSchema,
  StepChoiceSchema,
} from './dynamics.ts';
import { InsideMatchesSchema, MatchChoiceSchema } from './match.ts';
import {
  InsideCaptionsSchema,
  InsideDiagnosisSchema,
  InsideJacobianSchema,
  InsideMemorySchema,
  JacobianChoiceSchema,
  MemoryChoiceSchema,
} from './memory.ts';
import { InsidePlaySchema, PlayChoiceSchema } from './play.ts';
import { FlowChoiceSchema, HistogramsChoiceSchema } from './probe.ts';
import {
  FollowersChoiceSchema,
  InsideCardSchema,
  InsideFollowersSchema,
  InsideReaderSchema,
  PixelsChoiceSchema,
  ReadTargetSchema,
  SampleStepChoiceSchema,
} from './reading.ts';
import { InsideReplaySchema } from './replay.ts';
import { RolloutChoiceSchema } from './rollout.ts';
import { StatesChoiceSchema } from './states.ts';
import { EditedTargetSchema, InsideRunSchema, InsideTargetSchema } from './target.ts';

export const inside = {
  /** Layers, directions, units, gates, heads, origins, weights: what there is to see of this model. Also of a run that has not begun. */
  describe: reads.input(InsideRunSchema.pick({ run: true })).output(InsideDescriptionSchema),
  /** Trains the run again, so that the weights of its epochs can be asked for; takes as long as describe's `replay` says. */
  replay: reads.input(InsideRunSchema.pick({ run: true })).output(InsideReplaySchema),
  /** The window as the model reads it, with its forecast, and what edits change: an `InsideWindowFrame`. */
  window: reads.input(EditedTargetSchema).output(FrameAnswerSchema),
  /** States or gates of one window, units over time: an `InsideStatesFrame`. */
  states: reads.input(EditedTargetSchema.extend(StatesChoiceSchema.shape)).output(FrameAnswerSchema),
  /** `window` with `states` and `attention` where they are wanted: what is asked while a hand changes the window. */
  play: reads.input(EditedTargetSchema.extend(PlayChoiceSchema.shape)).output(InsidePlaySchema),
  /** One step of one unit in numbers: the largest terms of x W and h U, the bias, the activations, and what comes of them. */
  step: reads.input(EditedTargetSchema.extend(StepChoiceSchema.shape)).output(InsideStepSchema),
  /** How open the gates are: shares, histograms and memory times over windows of the part. */
  gates: reads.input(InsideTargetSchema.extend(GatesChoiceSchema.shape)).output(InsideGatesSchema),
  /** Norms of dL/dh by lag with these weights, over complete windows of the part, and a verdict in words. */
  gradients: reads
    .input(InsideTargetSchema.extend(GradientsChoiceSchema.shape))
    .output(InsideGradientsSchema),
  /** Share of the training steps so far whose gradient was longer than the limit of its length; null where there is no limit, or no step. */
  clipped: reads
    .input(InsideRunSchema.pick({ run: true }))
    .output(z.object({ share: z.number().nullable() })),
  /** Singular values and eigenvalues of a block of the recurrent weights. */
  spectrum: reads.input(InsideRunSchema.extend(SpectrumChoiceSchema.shape)).output(InsideSpectrumSchema),
  /** What one window's steps leave of a state, by lag: the product of the Jacobians, in closed form. */
  jacobian: reads.input(EditedTargetSchema.extend(JacobianChoiceSchema.shape)).output(InsideJacobianSchema),
  /** Units that follow an input, its change, its moving mean, or the season. */
  captions: reads.input(InsideTargetSchema.extend(JacobianChoiceSchema.shape)).output(InsideCaptionsSchema),
  /** Measured memory: the lag within which half of the forecast's dependence on the window lies. */
  memory: reads.input(InsideTargetSchema.extend(MemoryChoiceSchema.shape)).output(InsideMemorySchema),
  /** What all views say of this model, as one list of sentences, faults first. */
  diagnose: reads.input(InsideTargetSchema).output(InsideDiagnosisSchema),
  /** Lag by epoch, as the probe recorded it in training: norms of dL/dh, or where a head looks: an `InsideFlowFrame`. */
  flow: reads.input(FlowChoiceSchema).output(FrameAnswerSchema),
  /** Value by epoch of one parameter (its weights, gradients or updates) or gate, as the probe recorded it: an `InsideHistogramsFrame`. */
  histograms: reads.input(HistogramsChoiceSchema).output(FrameAnswerSchema),
  /** Weights of a layer with attention, queries by keys, and what each head looks at: an `InsideAttentionFrame`. */
  attention: reads.input(EditedTargetSchema.extend(AttentionChoiceSchema.shape)).output(FrameAnswerSchema),
  /** The code of each step that attention adds to what it reads: an `InsidePositionsFrame`. */
  positions: reads.input(InsideRunSchema).output(FrameAnswerSchema),
  /** One query of a head in numbers: x, q, scores, weights, the top keys, the weighted sum. */
  query: reads.input(EditedTargetSchema.extend(QueryChoiceSchema.shape)).output(InsideQuerySchema),
  /** Attention through all layers, and its correlation with what the forecast depends on: an `InsideRolloutFrame`. */
  rollout: reads.input(EditedTargetSchema.extend(RolloutChoiceSchema.shape)).output(FrameAnswerSchema),
  /** What of the window a forecast stands on: an `InsideAttributionFrame`. */
  attribute: reads.input(EditedTargetSchema.extend(AttributeChoiceSchema.shape)).output(FrameAnswerSchema),
  /** Windows that are most like this one, and what came next in them. */
  match: reads.input(InsideTargetSchema.extend(MatchChoiceSchema.shape)).output(InsideMatchesSchema),
  /** What there is to see of a model of samples: texts, recordings, sequences. */
  reader: reads.input(InsideRunSchema.pick({ run: true })).output(InsideReaderSchema),
  /** One sample (or a text of one's own) step by step: an `InsideReadingFrame`. */
  read: reads.input(ReadTargetSchema).output(FrameAnswerSchema),
  /** The pictures of one sample, and what of them an answer stands on: an `InsidePixelsFrame`. */
  pixels: reads.input(InsideRunSchema.extend(PixelsChoiceSchema.shape)).output(FrameAnswerSchema),
  /** One step of one unit of a model of samples in numbers, as `step` says it of a window. */
  card: reads.input(InsideRunSchema.extend(SampleStepChoiceSchema.shape)).output(InsideCardSchema),
  /** Units that follow something readable over many samples: a position, brackets, a letter, a class. */
  followers: reads.input(InsideRunSchema.extend(FollowersChoiceSchema.shape)).output(InsideFollowersSchema),
};
