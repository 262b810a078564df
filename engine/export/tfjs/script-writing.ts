// The part of exported programs that writes a text token by token, always by the most probable token.

/** `writeText(tf, { decoder, target, hasAttention, mostSteps }, read, shown)`: read is what the encoder gave, shown the text of a token. */
export const WRITING_SCRIPT = `function writeText(tf, { decoder, target, hasAttention, mostSteps }, [memory, ...first], shown) {
  let states = first;
  let token = target.end;
  let written = '';
  for (let step = 0; step < mostSteps; step++) {
    const inputs = [tf.tensor2d([[token]]), ...(hasAttention ? [memory] : []), ...states];
    const [p, ...next] = tf.tidy(() => decoder.predict(inputs));
    const shares = Array.from(p.dataSync(), (share, at) => (at === target.unknown ? 0 : share));
    tf.dispose([inputs[0], p, ...states]);
    states = next;
    token = shares.indexOf(Math.max(...shares));
    if (token === target.end) break;
    written += shown(token);
  }
  tf.dispose([memory, ...states]);
  return target.by === 'characters' ? written : written.trim();
}
`;
