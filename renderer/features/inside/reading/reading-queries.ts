// The questions of the Inside tab of a model of samples.
import { queryOptions } from '@tanstack/react-query';
import type { EngineClient } from '../../../../engine/connect/connection.ts';
import {
  InsidePixelsFrame,
  InsideReadingFrame,
  type ReadTarget,
} from '../../../../engine/contract/inside/reading.ts';
import { kept } from '../inside-queries.ts';

export const readerQuery = (engine: EngineClient, run: number, version: string) =>
  queryOptions({
    queryKey: ['inside', run, version, 'reader'] as const,
    queryFn: ({ signal }) => engine.inside.reader({ run }, { signal }),
    ...kept,
  });

export const readQuery = (
  engine: EngineClient,
  asked: ReadTarget & { readonly run: number },
  version: string,
) =>
  queryOptions({
    queryKey: ['inside', asked.run, version, 'read', asked] as const,
    queryFn: async ({ signal }) => InsideReadingFrame.fromAnswer(await engine.inside.read(asked, { signal })),
    ...kept,
  });

export const followersQuery = (
  engine: EngineClient,
  { run, weights, place }: ReadTarget & { readonly run: number },
  version: string,
) =>
  queryOptions({
    queryKey: ['inside', run, version, 'followers', weights, place] as const,
    queryFn: ({ signal }) =>
      engine.inside.followers(
        { run, ...(weights !== undefined && { weights }), ...(place !== undefined && { place }) },
        { signal },
      ),
    ...kept,
  });

export const pixelsQuery = (
  engine: EngineClient,
  { run, weights, part, sample, layer, head, step, choice }: ReadTarget & { readonly run: number },
  version: string,
) => {
  const asked = {
    run,
    ...(weights !== undefined && { weights }),
    ...(part !== undefined && { part }),
    ...(sample !== undefined && { sample }),
    ...(layer !== undefined && { layer }),
    ...(head !== undefined && { head }),
    ...(step !== undefined && { step }),
    ...(choice !== undefined && { choice }),
  };
  return queryOptions({
    queryKey: ['inside', run, version, 'pixels', asked] as const,
    queryFn: async ({ signal }) =>
      InsidePixelsFrame.fromAnswer(await engine.inside.pixels(asked, { signal })),
    ...kept,
  });
};

export const cardQuery = (
  engine: EngineClient,
  { run, weights, part, sample, text, from, most, place }: ReadTarget & { readonly run: number },
  at: { readonly unit: number; readonly step: number },
  version: string,
) => {
  const asked = {
    run,
    ...at,
    ...(weights !== undefined && { weights }),
    ...(part !== undefined && { part }),
    ...(sample !== undefined && { sample }),
    ...(text !== undefined && { text }),
    ...(from !== undefined && { from }),
    ...(most !== undefined && { most }),
    ...(place !== undefined && { place }),
  };
  return queryOptions({
    queryKey: ['inside', run, version, 'card', asked] as const,
    queryFn: ({ signal }) => engine.inside.card(asked, { signal }),
    ...kept,
  });
};
