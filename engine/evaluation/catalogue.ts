// The registries of metrics and baselines as data for windows.
import type { BaselineInfo, Catalogue } from '../contract/runs/catalogue.ts';
import type { MetricInfo } from '../contract/runs/metrics.ts';
import { BASELINES } from './baselines/registry.ts';
import { CAPTION_BASELINES } from './captions/baselines/registry.ts';
import { CLASS_BASELINES } from './classes/baselines/registry.ts';
import { CLASS_METRICS } from './classes/class-metrics.ts';
import { FRAME_BASELINES } from './frames/baselines/registry.ts';
import { FRAME_METRICS } from './frames/frame-metrics.ts';
import { LABEL_METRICS } from './labels/label-metrics.ts';
import { LANGUAGE_BASELINES } from './language/baselines/registry.ts';
import { LANGUAGE_METRICS } from './language/language-metrics.ts';
import { METRICS } from './metrics/registry.ts';
import { PAIR_BASELINES } from './pairs/baselines/registry.ts';
import { PAIR_METRICS } from './pairs/pair-metrics.ts';
import { STEP_BASELINES } from './steps/registry.ts';
import { VALUE_BASELINES } from './values/registry.ts';

const metricInfo = ({
  name,
  label,
  meaning,
  definition,
  better,
  unit,
  format,
  needsQuantiles,
}: MetricInfo): MetricInfo => ({
  name,
  label,
  meaning,
  definition,
  better,
  unit,
  format,
  ...(needsQuantiles && { needsQuantiles }),
});

const baselineInfo = ({ subject, meaning, follows, asModel }: BaselineInfo): BaselineInfo => ({
  subject,
  meaning,
  follows,
  ...(asModel !== undefined && { asModel }),
});

export const CATALOGUE: Catalogue = {
  metrics: [
    ...METRICS.map(metricInfo),
    ...CLASS_METRICS.map((metric) => ({ ...metricInfo(metric), answers: 'classes' as const })),
    ...LABEL_METRICS.map((metric) => ({ ...metricInfo(metric), answers: 'labels' as const })),
    ...LANGUAGE_METRICS.map((metric) => ({ ...metricInfo(metric), answers: 'tokens' as const })),
    ...PAIR_METRICS.map((metric) => ({ ...metricInfo(metric), answers: 'pairs' as const })),
    ...FRAME_METRICS.map((metric) => ({ ...metricInfo(metric), answers: 'frames' as const })),
  ],
  baselines: [
    ...BASELINES,
    ...CLASS_BASELINES,
    ...LANGUAGE_BASELINES,
    ...PAIR_BASELINES,
    ...STEP_BASELINES,
    ...FRAME_BASELINES,
    ...CAPTION_BASELINES,
    ...VALUE_BASELINES,
  ].map(baselineInfo),
};
