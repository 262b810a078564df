// The questions of the Inside tab. `version` names the weights of now: with others every answer is another one.
import { queryOptions } from '@tanstack/react-query';
import type { EngineClient } from '../../../engine/connect/connection.ts';
import {
  type AttentionChoice,
  InsideAttentionFrame,
  type QueryChoice,
} from '../../../engine/contract/inside/attention.ts';
import { type AttributeChoice, InsideAttributionFrame } from '../../../engine/contract/inside/attribution.ts';
import type {
  GatesChoice,
  GradientsChoice,
  SpectrumChoice,
  StepChoice,
} from '../../../engine/contract/inside/dynamics.ts';
import type { MatchChoice } from '../../../engine/contract/inside/match.ts';
import { InsidePositionsFrame } from '../../../engine/contract/inside/positions.ts';
import {
  type FlowChoice,
  type HistogramsChoice,
  InsideFlowFrame,
  InsideHistogramsFrame,
} from '../../../engine/contract/inside/probe.ts';
import { InsideRolloutFrame } from '../../../engine/contract/inside/rollout.ts';
import {
  InsideStatesFrame,
  InsideWindowFrame,
  type StatesChoice,
} from '../../../engine/contract/inside/states.ts';
import type { EditedTarget, Place } from '../../../engine/contract/inside/target.ts';

/** A run, its weights and a window; the run by its number. */
export type Target = Omit<EditedTarget, 'run'> & { readonly run: number };

/** An answer to the same question never changes; the one before stays on screen while the next is on its way. */
export const kept = {
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: 60_000,
  retry: false,
  placeholderData: <Data>(before: Data | undefined) => before,
};

export const describeQuery = (engine: EngineClient, run: number, version: string) =>
  queryOptions({
    queryKey: ['inside', run, version, 'describe'] as const,
    queryFn: ({ signal }) => engine.inside.describe({ run }, { signal }),
    ...kept,
  });

export const replayQuery = (engine: EngineClient, run: number, version: string) =>
  queryOptions({
    queryKey: ['inside', run, version, 'replay'] as const,
    queryFn: ({ signal }) => engine.inside.replay({ run }, { signal }),
    ...kept,
    gcTime: Number.POSITIVE_INFINITY,
  });

export const windowQuery = (engine: EngineClient, target: Target, version: string) =>
  queryOptions({
    queryKey: ['inside', target.run, version, 'window', target] as const,
    queryFn: async ({ signal }) =>
      InsideWindowFrame.fromAnswer(await engine.inside.window(target, { signal })),
    ...kept,
  });

export const statesQuery = (
  engine: EngineClient,
  target: Target,
  choice: Partial<StatesChoice>,
  version: string,
) =>
  queryOptions({
    queryKey: ['inside', target.run, version, 'states', target, choice] as const,
    queryFn: async ({ signal }) =>
      InsideStatesFrame.fromAnswer(await engine.inside.states({ ...target, ...choice }, { signal })),
    ...kept,
  });

export const stepQuery = (engine: EngineClient, target: Target, choice: StepChoice, version: string) =>
  queryOptions({
    queryKey: ['inside', target.run, version, 'step', target, choice] as const,
    queryFn: ({ signal }) => engine.inside.step({ ...target, ...choice }, { signal }),
    ...kept,
  });

export const gatesQuery = (
  engine: EngineClient,
  target: Target,
  choice: Partial<GatesChoice>,
  version: string,
) =>
  queryOptions({
    queryKey: ['inside', target.run, version, 'gates', target, choice] as const,
    queryFn: ({ signal }) => engine.inside.gates({ ...target, ...choice }, { signal }),
    ...kept,
  });

export const gradientsQuery = (
  engine: EngineClient,
  target: Target,
  choice: Partial<GradientsChoice>,
  version: string,
) =>
  queryOptions({
    queryKey: ['inside', target.run, version, 'gradients', target, choice] as const,
    queryFn: ({ signal }) => engine.inside.gradients({ ...target, ...choice }, { signal }),
    ...kept,
  });

export const spectrumQuery = (
  engine: EngineClient,
  { run, weights }: Target,
  choice: Partial<SpectrumChoice>,
  version: string,
) =>
  queryOptions({
    queryKey: ['inside', run, version, 'spectrum', weights, choice] as const,
    queryFn: ({ signal }) => engine.inside.spectrum({ run, weights, ...choice }, { signal }),
    ...kept,
  });

export const attentionQuery = (
  engine: EngineClient,
  target: Target,
  choice: Partial<AttentionChoice>,
  version: string,
) =>
  queryOptions({
    queryKey: ['inside', target.run, version, 'attention', target, choice] as const,
    queryFn: async ({ signal }) =>
      InsideAttentionFrame.fromAnswer(await engine.inside.attention({ ...target, ...choice }, { signal })),
    ...kept,
  });

export const attentionStepQuery = (
  engine: EngineClient,
  target: Target,
  choice: QueryChoice,
  version: string,
) =>
  queryOptions({
    queryKey: ['inside', target.run, version, 'query', target, choice] as const,
    queryFn: ({ signal }) => engine.inside.query({ ...target, ...choice }, { signal }),
    ...kept,
  });

export const positionsQuery = (engine: EngineClient, { run, weights }: Target, version: string) =>
  queryOptions({
    queryKey: ['inside', run, version, 'positions', weights] as const,
    queryFn: async ({ signal }) =>
      InsidePositionsFrame.fromAnswer(await engine.inside.positions({ run, weights }, { signal })),
    ...kept,
  });

export const rolloutQuery = (engine: EngineClient, target: Target, version: string) =>
  queryOptions({
    queryKey: ['inside', target.run, version, 'rollout', target] as const,
    queryFn: async ({ signal }) =>
      InsideRolloutFrame.fromAnswer(await engine.inside.rollout(target, { signal })),
    ...kept,
  });

export const attributeQuery = (
  engine: EngineClient,
  target: Target,
  choice: AttributeChoice,
  version: string,
) =>
  queryOptions({
    queryKey: ['inside', target.run, version, 'attribute', target, choice] as const,
    queryFn: async ({ signal }) =>
      InsideAttributionFrame.fromAnswer(await engine.inside.attribute({ ...target, ...choice }, { signal })),
    ...kept,
  });

export const matchQuery = (
  engine: EngineClient,
  target: Target,
  choice: Partial<MatchChoice>,
  version: string,
) =>
  queryOptions({
    queryKey: ['inside', target.run, version, 'match', target, choice] as const,
    queryFn: ({ signal }) => engine.inside.match({ ...target, ...choice }, { signal }),
    ...kept,
  });

export const flowQuery = (
  engine: EngineClient,
  choice: FlowChoice & { readonly run: number },
  version: string,
) =>
  queryOptions({
    queryKey: ['inside', choice.run, version, 'flow', choice] as const,
    queryFn: async ({ signal }) => InsideFlowFrame.fromAnswer(await engine.inside.flow(choice, { signal })),
    ...kept,
  });

export const histogramsQuery = (
  engine: EngineClient,
  choice: HistogramsChoice & { readonly run: number },
  version: string,
) =>
  queryOptions({
    queryKey: ['inside', choice.run, version, 'histograms', choice] as const,
    queryFn: async ({ signal }) =>
      InsideHistogramsFrame.fromAnswer(await engine.inside.histograms(choice, { signal })),
    ...kept,
  });

export const diagnoseQuery = (engine: EngineClient, target: Target, version: string) =>
  queryOptions({
    queryKey: ['inside', target.run, version, 'diagnose', target] as const,
    queryFn: ({ signal }) => engine.inside.diagnose(target, { signal }),
    ...kept,
  });

export const memoryQuery = (engine: EngineClient, target: Target, version: string) =>
  queryOptions({
    queryKey: ['inside', target.run, version, 'memory', target] as const,
    queryFn: ({ signal }) => engine.inside.memory(target, { signal }),
    ...kept,
  });

export const jacobianQuery = (engine: EngineClient, target: Target, place: Place, version: string) =>
  queryOptions({
    queryKey: ['inside', target.run, version, 'jacobian', target, place] as const,
    queryFn: ({ signal }) => engine.inside.jacobian({ ...target, place }, { signal }),
    ...kept,
  });

/** The same for every window of a run, so it is asked once. */
export const captionsQuery = (engine: EngineClient, target: Target, place: Place, version: string) => {
  const { run, weights, target: column } = target;
  return queryOptions({
    queryKey: ['inside', run, version, 'captions', weights, column, place] as const,
    queryFn: ({ signal }) =>
      engine.inside.captions(
        { run, weights, place, ...(column !== undefined && { target: column }) },
        { signal },
      ),
    ...kept,
  });
};
