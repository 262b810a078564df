// The analyses of the explorer.
import type { AnalysisName, Exploration } from '../../contract/datasets/explore.ts';
import type { Analysis } from './analysis.ts';
import { categories } from './categories.ts';
import { correlation } from './correlation.ts';
import { correlogram } from './correlogram.ts';
import { decomposition } from './decomposition.ts';
import { periodogram } from './periodogram.ts';
import { profiles } from './profiles.ts';
import { scatter } from './scatter.ts';
import { stationarity } from './stationarity.ts';

export const ANALYSES: { readonly [Name in AnalysisName]: Analysis<Exploration[Name]> } = {
  correlogram,
  periodogram,
  stationarity,
  correlation,
  profiles,
  decomposition,
  scatter,
  categories,
};
