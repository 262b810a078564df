// The program that goes along with an exported forecaster of frames: plain JavaScript without imports, for browsers and Node.

export const VIDEO_SCRIPT = `// Says the next frames of a video. tf is TensorFlow.js 4 with layers (@tensorflow/tfjs):
//   const encoder = await tf.loadLayersModel('encoder.json');
//   const decoder = await tf.loadLayersModel('decoder.json');
//   const form = await (await fetch('form.json')).json();
//   const frames = createForecaster(tf, { encoder, decoder, form }).forecast(given);
// Frames are Uint8Array [height, width, channels] of the size in form.json, as many as it gives.

export function createForecaster(tf, { encoder, decoder, form }) {
  const { width, height, channels, mean, deviation, given, ahead, relative } = form;
  const cells = width * height * channels;
  return {
    forecast(frames) {
      if (frames.length !== given || frames.some((frame) => frame.length !== cells))
        throw new Error('It takes ' + given + ' frames of ' + cells + ' numbers each.');
      const last = frames[given - 1];
      const scaled = frames.map((frame) =>
        Array.from(frame, (pixel, at) => (pixel / 255 - mean[at % channels]) / deviation[at % channels]),
      );
      let [vector, ...states] = tf.tidy(() => encoder.predict(tf.tensor3d([scaled])));
      const said = [];
      for (let step = 0; step < ahead; step++) {
        const [frame, ...next] = tf.tidy(() => decoder.predict([vector, ...states]));
        const values = frame.dataSync();
        said.push(
          Uint8Array.from({ length: cells }, (_, at) =>
            Math.max(0, Math.min(255, Math.round(255 * values[at] + (relative ? last[at] : 0)))),
          ),
        );
        tf.dispose([frame, ...states]);
        states = next;
      }
      tf.dispose([vector, ...states]);
      return said;
    },
  };
}
`;
