// The analyses of the explorer.
import type { AnalysisName, Exploration } from '../../contract/explore.ts';
import type { Analysis } from './analysis.ts';
import { correlation } from './correlation.ts';
import { correlogram } from './correlogram.ts';
import { periodogram } from './periodogram.ts';
import { profiles } from './profiles.ts';
import { stationarity } from './stationarity.ts';

export const ANALYSES: { readonly [Name in AnalysisName]: Analysis<Exploration[Name]> } = {
  correlogram,
  periodogram,
  stationarity,
  correlation,
  profiles,
};
