// A text with the label of each word or letter below it; a wrong one with the true one.
import type { LabelledToken } from '../../../engine/contract/results/labelling.ts';
import { formatNumber } from '../../ui/format.ts';
import css from './label.module.css';

interface LabelledTextProps {
  readonly tokens: readonly LabelledToken[];
  readonly classes: readonly string[];
}

export function LabelledTokens({ tokens, classes }: LabelledTextProps) {
  return (
    <span className={css.tokens}>
      {tokens.map(({ text, said, probability, truth }, index) => {
        const isWrong = truth >= 0 && truth !== said;
        return (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: the same token comes at several positions
            key={index}
            className={css.token}
            title={`${classes[said]}, ${formatNumber(100 * probability, 3)} %${isWrong ? `; true: ${classes[truth]}` : ''}`}
          >
            <span>{text}</span>
            <span className={`${css.label} ${isWrong ? css.wrong : ''}`}>{classes[said]}</span>
            {isWrong && <span className={css.label}>{classes[truth]}</span>}
          </span>
        );
      })}
    </span>
  );
}
