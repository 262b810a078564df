// The view `play`: forecast, states and attention of one changed window.
import type { InsidePlay, PlayChoice } from '../../contract/inside/play.ts';
import type { WindowChoice } from '../../contract/inside/target.ts';
import type { Inspected } from '../forecaster/inspected.ts';
import { attention } from './forecast-attention.ts';
import { states } from './forecast-states.ts';
import { window } from './forecast-window.ts';

export function play(inspected: Inspected, choice: WindowChoice & PlayChoice): InsidePlay {
  const { states: ofStates, attention: ofAttention, ...ofWindow } = choice;
  return {
    window: window(inspected, ofWindow),
    states: ofStates && states(inspected, { ...ofWindow, ...ofStates }),
    attention: ofAttention && attention(inspected, { ...ofWindow, ...ofAttention }),
  };
}
