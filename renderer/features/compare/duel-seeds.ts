// What is wrong with a typed number of seeds of a duel. Pure.
import { DUEL_SEEDS } from '../../../engine/contract/studies/duel.ts';
import { numberOf, wholeNumberProblem } from '../../ui/typed-number.ts';

export function duelSeedsProblem(typed: string | number): string | null {
  if (numberOf(typed) === 1) return 'With one seed a difference may be luck; it must be two or more.';
  return wholeNumberProblem(typed, DUEL_SEEDS.fewest, DUEL_SEEDS.most);
}
