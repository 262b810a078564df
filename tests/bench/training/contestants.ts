// The contestants: Hindcast always, others unless `--peers` leaves them out.
import { refuse } from '../options.ts';
import { findTorch, type Torch, torchName } from './pytorch.ts';

export const OTHERS = {
  tensorflow: 'Hindcast on tfjs-node',
  cpu: 'tf.layers, cpu',
  wasm: 'tf.layers, wasm',
} as const;

export interface Contestants {
  readonly torch: readonly Torch[];
  /** Whether the contestant of this name takes part, if it is there. */
  readonly takesPart: (name: string) => boolean;
}

/** Ends the process where a part is in no contestant's name. */
export function chooseContestants(parts: readonly string[] | null, torch = findTorch()): Contestants {
  const names = ['Hindcast', ...torch.map(torchName), ...Object.values(OTHERS)];
  const isIn = (part: string, name: string) => name.toLowerCase().includes(part);
  const unmatched = parts?.filter((part) => !names.some((name) => isIn(part, name))) ?? [];
  if (unmatched.length > 0) {
    const complaint = `No contestant's name contains ${unmatched.join(' or ')}; there are: ${names.join('; ')}.`;
    refuse(complaint, '`npm run bench -- training --help` lists the options.');
  }
  const takesPart = (name: string) => parts === null || parts.some((part) => isIn(part, name));
  return { torch: torch.filter((found) => takesPart(torchName(found))), takesPart };
}
