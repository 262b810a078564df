// What a recurrent part of an encoder-decoder leaves at its defaults.
export const PLAIN_RECURRENCE = {
  bias: true,
  recurrentInitializer: 'orthogonal',
  forgetBias: 1,
  updateBias: 0,
  chronoSteps: null,
  activation: 'tanh',
} as const;
