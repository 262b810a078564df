// The part of exported programs that writes a text token by token, always by the most probable token.
import type { TextTokens } from '../../data/samples/text-tokens.ts';
import { shownScript } from './script-tokens.ts';

/** `writeText(tf, { decoder, target, hasAttention, firstStates, mostSteps }, read)`: read is what the encoder gave, and what it gave of hints. */
export const writingScript = (
  target: Pick<TextTokens, 'by'>,
): string => `function writeText(tf, { decoder, target, hasAttention, firstStates, mostSteps }, [memory, ...given], hints = []) {
  let states = [...given, ...firstStates.map((shape) => tf.zeros([1, ...shape]))];
  let [token, written] = [target.end, ''];
  for (let step = 0; step < mostSteps; step++) {
    const inputs = () => [tf.tensor2d([[token]]), ...(hasAttention ? [memory] : []), ...hints, ...states];
    const [p, ...next] = tf.tidy(() => decoder.predict(inputs()));
    const shares = Array.from(p.dataSync(), (share, number) => (number === target.unknown ? 0 : share));
    tf.dispose([p, ...states]);
    states = next;
    token = shares.indexOf(Math.max(...shares));
    if (token === target.end) break;
    written += ${shownScript('target.tokens[token]', target)};
  }
  tf.dispose([memory, ...hints, ...states]);
  return written${target.by === 'characters' ? '' : '.trim()'};
}`;
