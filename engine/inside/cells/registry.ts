// The recurrent cells by name: one line each.
import type { Cell } from '../../models/bodies/gate-biases.ts';
import type { RecurrentCell } from './cell.ts';
import { gru } from './gru.ts';
import { lstm } from './lstm.ts';
import { rnn } from './rnn.ts';

export const CELLS: Readonly<Record<Cell, RecurrentCell>> = { rnn, gru, lstm };
