// Numbers that name operations in calls to the compiled kernels (assembly/math.ts, assembly/unary.ts).

export const ACTIVATION_CODES = { linear: 0, relu: 1, sigmoid: 2, tanh: 3, gelu: 4 } as const;
export type KernelActivation = keyof typeof ACTIVATION_CODES;

/** Elementwise functions by the name of the tfjs kernel. */
export const UNARY_CODES = {
  Relu: 1,
  Sigmoid: 2,
  Tanh: 3,
  Exp: 4,
  Log: 5,
  Sqrt: 6,
  Rsqrt: 7,
  Square: 8,
  Expm1: 16,
  Log1p: 17,
  Sin: 18,
  Cos: 19,
  Tan: 20,
  Asin: 21,
  Acos: 22,
  Atan: 23,
  Sinh: 24,
  Cosh: 25,
  Asinh: 26,
  Acosh: 27,
  Atanh: 28,
  Softplus: 29,
  Elu: 30,
  Selu: 31,
  Erf: 32,
} as const;

/** Elementwise functions of two arrays by the name of the tfjs kernel. */
export const BINARY_CODES = { Pow: 0, Atan2: 1 } as const;

/** Sums, differences, products, quotients by the name of the tfjs kernel; the second code has the operands exchanged. */
export const ARITHMETIC_CODES = { Add: [0, 0], Sub: [1, 4], Multiply: [2, 2], RealDiv: [3, 5] } as const;

/** Losses of single cells (assembly/loss.ts). */
export const LOSS_CODES = { squared: 0, absolute: 1, huber: 2, pinball: 3, sigmoid: 4 } as const;
