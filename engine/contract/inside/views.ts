// The questions about a model's inside that a worker process answers: what each is given, and what it answers.
// The other side of a line is a file in engine/inside/views.
import type { AttentionChoice, InsideQuery, QueryChoice } from './attention.ts';
import type { AttributeChoice } from './attribution.ts';
import type { ModelInside } from './description.ts';
import type { DifferenceChoice, InsideDifference } from './difference.ts';
import type {
  GatesChoice,
  GradientsChoice,
  InsideGates,
  InsideGradients,
  InsideSpectrum,
  InsideStep,
  SpectrumChoice,
  StepChoice,
} from './dynamics.ts';
import type { InsideMatches, MatchChoice } from './match.ts';
import type {
  InsideCaptions,
  InsideDiagnosis,
  InsideJacobian,
  InsideMemory,
  JacobianChoice,
  MemoryChoice,
} from './memory.ts';
import type { InsidePlay, PlayChoice } from './play.ts';
import type {
  FollowersChoice,
  InsideCard,
  InsideFollowers,
  PixelsChoice,
  ReadChoice,
  SampleModel,
  SampleStepChoice,
} from './reading.ts';
import type { InsideReplay, ReplayChoice } from './replay.ts';
import type { RolloutChoice } from './rollout.ts';
import type { StatesChoice } from './states.ts';
import type { WindowChoice } from './target.ts';

/** Frames are encoded. */
export interface InsideViews {
  readonly describe: { readonly choice: null; readonly answer: ModelInside };
  readonly window: { readonly choice: WindowChoice; readonly answer: Uint8Array };
  readonly states: { readonly choice: WindowChoice & StatesChoice; readonly answer: Uint8Array };
  readonly play: { readonly choice: WindowChoice & PlayChoice; readonly answer: InsidePlay };
  readonly step: { readonly choice: WindowChoice & StepChoice; readonly answer: InsideStep };
  readonly gates: { readonly choice: WindowChoice & GatesChoice; readonly answer: InsideGates };
  readonly gradients: {
    readonly choice: WindowChoice & GradientsChoice & { readonly clipped: number | null };
    readonly answer: InsideGradients;
  };
  readonly attention: { readonly choice: WindowChoice & AttentionChoice; readonly answer: Uint8Array };
  readonly query: { readonly choice: WindowChoice & QueryChoice; readonly answer: InsideQuery };
  readonly rollout: { readonly choice: WindowChoice & RolloutChoice; readonly answer: Uint8Array };
  readonly attribute: { readonly choice: WindowChoice & AttributeChoice; readonly answer: Uint8Array };
  readonly match: { readonly choice: WindowChoice & MatchChoice; readonly answer: InsideMatches };
  readonly jacobian: { readonly choice: WindowChoice & JacobianChoice; readonly answer: InsideJacobian };
  readonly captions: { readonly choice: WindowChoice & JacobianChoice; readonly answer: InsideCaptions };
  readonly memory: { readonly choice: WindowChoice & MemoryChoice; readonly answer: InsideMemory };
  readonly diagnose: {
    readonly choice: WindowChoice & { readonly clipped: number | null };
    readonly answer: InsideDiagnosis;
  };
  readonly positions: { readonly choice: object; readonly answer: Uint8Array };
  readonly replay: { readonly choice: ReplayChoice; readonly answer: InsideReplay };
  readonly difference: { readonly choice: DifferenceChoice; readonly answer: InsideDifference };
  readonly spectrum: { readonly choice: SpectrumChoice; readonly answer: InsideSpectrum };
  readonly reader: { readonly choice: null; readonly answer: SampleModel };
  readonly read: { readonly choice: ReadChoice; readonly answer: Uint8Array };
  readonly pixels: { readonly choice: PixelsChoice; readonly answer: Uint8Array };
  readonly card: { readonly choice: SampleStepChoice; readonly answer: InsideCard };
  readonly followers: { readonly choice: FollowersChoice; readonly answer: InsideFollowers };
}
export type InsideView = keyof InsideViews;
