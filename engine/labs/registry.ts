// All labs by name. A new lab is a file beside this one, a line here, its name in contract/labs.ts and its words in words/labs.
import type { LabName } from '../contract/labs.ts';
import { attentionLab } from './attention.ts';
import { bottleneckLab } from './bottleneck.ts';
import { fadingLab } from './fading.ts';
import { gatesLab } from './gates.ts';
import type { Lab } from './lab.ts';
import { parallelLab } from './parallel.ts';
import { stateLab } from './state.ts';

// Each lab concludes from its own results alone.
export const LABS = {
  state: stateLab,
  fading: fadingLab,
  gates: gatesLab,
  bottleneck: bottleneckLab,
  attention: attentionLab,
  parallel: parallelLab,
} as unknown as Readonly<Record<LabName, Lab>>;
