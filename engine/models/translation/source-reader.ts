// Reads what is translated: tokens as rows of a table, or patches of an image through a linear layer.
import type { Tensor } from '@tensorflow/tfjs-core';
import { createProjectionReader } from '../readers/projection.ts';
import type { Reader } from '../readers/reader.ts';
import { createTokenReader } from '../readers/tokens.ts';
import type { TranslatorShape } from './translator.ts';

type SourceShape = Pick<TranslatorShape, 'sourceTokens' | 'patchFeatures'>;

export function createSourceReader(
  { sourceTokens, patchFeatures }: SourceShape,
  units: number,
): Reader<Tensor> {
  // One reader reads whole numbers, the other vectors: the shape says which.
  return (
    patchFeatures === undefined
      ? createTokenReader({ tokens: sourceTokens, units, table: 'source' })
      : createProjectionReader(patchFeatures, units)
  ) as Reader<Tensor>;
}
