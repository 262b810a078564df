// What an address asks for that this model does not have, in sentences: what is shown instead is said beside it.
import type { InsideDescription } from '../../../engine/contract/inside/description.ts';
import { formatCount } from '../../ui/format.ts';
import type { InsideChoice } from './inside-choice.ts';

type Asked = Pick<InsideChoice, 'view' | 'part' | 'origin' | 'target' | 'weights'>;
type View = { readonly id: string; readonly label: string };

interface There {
  readonly about: Pick<InsideDescription, 'parts' | 'targets' | 'weights' | 'replay'>;
  /** Of all models, and the one that is shown. */
  readonly views: readonly View[];
  readonly shown: View;
  /** Another origin than the shown one's view needs is of no account. */
  readonly isOfWindow: boolean;
}

export function notThere(asked: Asked, { about, views, shown, isOfWindow }: There): string[] {
  const view = views.find(({ id }) => id === asked.view);
  const part = about.parts.find((one) => one.part === asked.part);
  const last = (part?.origins ?? 0) - 1;
  const { weights } = asked;
  const kept = typeof weights === 'string' && !about.weights.some((one) => one.weights === weights);
  const epoch = typeof weights === 'object' && weights !== null && about.replay === null;
  return [
    ...(view && view.id !== shown.id
      ? [`This model has nothing to show under ${view.label}; ${shown.label} is shown instead.`]
      : []),
    ...(isOfWindow && part && asked.origin > last
      ? [
          last < 0
            ? `The ${asked.part} part has no origin to look at; choose another part.`
            : `There is no origin ${formatCount(asked.origin + 1)} in the ${asked.part} part: it has ${formatCount(last + 1)}, and the last one is shown.`,
        ]
      : []),
    ...(asked.target !== null && !about.targets.includes(asked.target)
      ? [`The model does not forecast ${asked.target}; its first target is shown.`]
      : []),
    ...(kept || epoch
      ? [
          `This run has no ${typeof weights === 'string' ? `${weights} weights` : 'epochs to look at before it has ended'}; its ${about.weights[0]?.weights ?? 'first'} weights are shown.`,
        ]
      : []),
  ];
}
