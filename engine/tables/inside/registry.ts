// The views that `hindcast inside RUN --view NAME` writes: one line each.
import { attention } from './attention.ts';
import { attribute } from './attribute.ts';
import { describe } from './describe.ts';
import { flow } from './flow.ts';
import { gates } from './gates.ts';
import { gradients } from './gradients.ts';
import { histograms } from './histograms.ts';
import { match } from './match.ts';
import { captions, diagnose, jacobian, memory } from './memory.ts';
import { pixels } from './pixels.ts';
import { positions } from './positions.ts';
import { query } from './query.ts';
import { card, followers, looks, reading, units } from './reading.ts';
import { rollout } from './rollout.ts';
import { spectrum } from './spectrum.ts';
import { states } from './states.ts';
import { step } from './step.ts';
import type { TableView } from './view.ts';
import { window } from './window.ts';

const ALL = {
  describe,
  window,
  states,
  step,
  gates,
  gradients,
  flow,
  histograms,
  spectrum,
  jacobian,
  captions,
  memory,
  diagnose,
  attention,
  query,
  rollout,
  positions,
  attribute,
  match,
  reading,
  units,
  looks,
  pixels,
  card,
  followers,
} satisfies Readonly<Record<string, TableView>>;
export type TableViewName = keyof typeof ALL;
export const TABLES: Readonly<Record<TableViewName, TableView>> = ALL;
export const TABLE_NAMES = Object.keys(ALL) as readonly TableViewName[];
