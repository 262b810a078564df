// TypeScript types of the compiled kernels' functions. Addresses are byte offsets into the shared memory; strides count elements
// unless stated otherwise.
export interface KernelExports {
  configure(
    threads: number,
    spin: number,
    mayWait: number,
    scratchBase: number,
    scratchBytes: number,
    wide: number,
  ): void;
  /** False when the worker is to end. */
  workerRound(index: number): number;
  quit(): void;
  /** With 1 + 2^-12: true where these kernels' multiply-add rounds once, as it must. */
  roundsOnce(x: number): number;
  /**
   * c [batch, m, n] <- activation(a [batch, m, k] b [batch, k, n] + bias [n]); c is overwritten. a, b, c, bias and slope are addresses
   * of float32, xBatch, xRow and xColumn the strides of a matrix x: a batch stride of 0 repeats it, a column of c follows the other.
   * `packed`: room for k * (n rounded up to 8) floats, times `batch` unless bBatch is 0. bias 0: none. `activation`: codes.ts.
   */
  matmul(
    batch: number,
    m: number,
    n: number,
    k: number,
    a: number,
    aBatch: number,
    aRow: number,
    aColumn: number,
    b: number,
    bBatch: number,
    bRow: number,
    bColumn: number,
    c: number,
    cBatch: number,
    cRow: number,
    packed: number,
    bias: number,
    activation: number,
    /** Takes the derivative of GELU, laid out as the result; 0 or absent: nothing. */
    slope?: number,
  ): void;
  unary(op: number, count: number, source: number, target: number): void;
  /**
   * target[i0 t0 + i1 t1 + i2 t2 + i3 t3] <- source[i0 s0 + i1 s1 + i2 s2 + i3 s3] for every index i below the extents [n0, n1, n2, n3]:
   * values of 32 bits, strides s of the source and t of the target. The two do not overlap.
   */
  moveBlock(
    n0: number,
    n1: number,
    n2: number,
    n3: number,
    s0: number,
    s1: number,
    s2: number,
    s3: number,
    t0: number,
    t1: number,
    t2: number,
    t3: number,
    source: number,
    target: number,
  ): void;
  /** Floating-point operations in registers only. */
  peak(rounds: number, factor: number): void;
  /** Those of a round of `peak`. */
  peakOperations(): number;
  describe(
    batch: number,
    time: number,
    features: number,
    units: number,
    x: number,
    outputs: number,
    hidden0: number,
    mask: number,
    reverse: number,
    rows: number,
    work: number,
    workBytes: number,
    packed: number,
  ): void;
  lstmForward(
    kernel: number,
    recurrent: number,
    bias: number,
    cell0: number,
    gates: number,
    cells: number,
    finalHidden: number,
    finalCell: number,
  ): void;
  lstmBackward(
    recurrent: number,
    cell0: number,
    gates: number,
    cells: number,
    dOutputs: number,
    dFinalHidden: number,
    dFinalCell: number,
    dz: number,
    dKernel: number,
    dRecurrent: number,
    dBias: number,
    dHidden0: number,
    dCell0: number,
    norms: number,
    steps: number,
    spare: number,
  ): void;
  squares(table: number, pieces: number, partials: number): void;
  adam(
    table: number,
    pieces: number,
    scale: number,
    beta1: number,
    rest1: number,
    beta2: number,
    rest2: number,
    step: number,
    root: number,
    epsilon: number,
    decay: number,
  ): void;
  rnnForward(kernel: number, recurrent: number, bias: number, relu: number, finalHidden: number): void;
  rnnBackward(
    recurrent: number,
    relu: number,
    dOutputs: number,
    dFinalHidden: number,
    dz: number,
    dKernel: number,
    dRecurrent: number,
    dBias: number,
    dHidden0: number,
    norms: number,
    steps: number,
    spare: number,
  ): void;
  gruForward(
    kernel: number,
    recurrent: number,
    bias: number,
    candidateBias: number,
    resetAfter: number,
    gates: number,
    finalHidden: number,
  ): void;
  gruBackward(
    recurrent: number,
    resetAfter: number,
    gates: number,
    dOutputs: number,
    dFinalHidden: number,
    d: number,
    dKernel: number,
    dRecurrent: number,
    dBias: number,
    dCandidateBias: number,
    dHidden0: number,
    norms: number,
    steps: number,
    spare: number,
  ): void;
  activationGradient(kind: number, count: number, y: number, dy: number, target: number): void;
  /** Number of parts in which gradientProduct sums; it needs room for shards * (m + 1) * n floats where there are several. */
  gradientShards(rows: number, m: number, n: number): number;
  /**
   * kernel [m, n] <- transposed x [rows, m] times dy [rows, n], bias [n] <- sum of the rows of dy, all float32 and without gaps. Both are
   * overwritten, not added to; zeros where `rows` is 0. bias 0: not wanted. `partials` is read only where gradientShards gives several.
   */
  gradientProduct(
    rows: number,
    m: number,
    n: number,
    x: number,
    dy: number,
    kernel: number,
    bias: number,
    partials: number,
  ): void;
  columnSums(rows: number, columns: number, y: number, target: number): void;
  softmax(rows: number, columns: number, x: number, y: number): void;
  binary(op: number, count: number, a: number, aStep: number, b: number, bStep: number, target: number): void;
  attentionDescribe(
    batch: number,
    heads: number,
    queries: number,
    keys: number,
    dim: number,
    query: number,
    queryRow: number,
    key: number,
    keyRow: number,
    value: number,
    valueRow: number,
    output: number,
    logs: number,
    mask: number,
    causal: number,
    scale: number,
    work: number,
    workBytes: number,
  ): void;
  attentionDropout(seed: number, stream: number, step: number, threshold: number, factor: number): void;
  attentionForward(chunk: number, weights: number): void;
  attentionBackward(dOutput: number, dQuery: number, dKey: number, dValue: number): void;
  layerNorm(
    rows: number,
    columns: number,
    x: number,
    addend: number,
    sum: number,
    gain: number,
    bias: number,
    epsilon: number,
    y: number,
    means: number,
    scales: number,
  ): void;
  layerNormGradient(
    rows: number,
    columns: number,
    x: number,
    gain: number,
    means: number,
    scales: number,
    dy: number,
    dx: number,
    dGain: number,
    dBias: number,
    partials: number,
  ): void;
  gelu(count: number, x: number, y: number): void;
  geluGradient(count: number, x: number, dy: number, dx: number): void;
  reluGradient(count: number, x: number, dy: number, dx: number): void;
  dropout(
    count: number,
    x: number,
    y: number,
    seed: number,
    stream: number,
    step: number,
    threshold: number,
    factor: number,
  ): void;
  arithmetic(op: number, count: number, a: number, b: number, period: number, target: number): void;
  broadcast(
    op: number,
    n0: number,
    n1: number,
    n2: number,
    a0: number,
    a1: number,
    a2: number,
    b0: number,
    b1: number,
    b2: number,
    a: number,
    b: number,
    target: number,
  ): void;
  maskSteps(batch: number, time: number, units: number, x: number, mask: number, y: number): void;
  poolMean(batch: number, time: number, units: number, x: number, mask: number, y: number): void;
  poolMeanGradient(batch: number, time: number, units: number, mask: number, dy: number, dx: number): void;
  poolMax(
    batch: number,
    time: number,
    units: number,
    x: number,
    mask: number,
    y: number,
    steps: number,
  ): void;
  poolMaxGradient(batch: number, time: number, units: number, steps: number, dy: number, dx: number): void;
  axisSums(outer: number, reduced: number, inner: number, x: number, y: number): void;
  argMax(rows: number, columns: number, x: number, y: number): void;
  logSoftmax(rows: number, columns: number, x: number, y: number): void;
  logSoftmaxGradient(rows: number, columns: number, y: number, dy: number, dx: number): void;
  embedding(count: number, columns: number, indices: number, table: number, target: number): void;
  embeddingGradient(
    count: number,
    columns: number,
    entries: number,
    indices: number,
    dy: number,
    target: number,
  ): void;
  softmaxGradient(rows: number, columns: number, y: number, dy: number, dx: number): void;
  loss(
    kind: number,
    count: number,
    columns: number,
    forecast: number,
    target: number,
    mask: number,
    levels: number,
    delta: number,
    partials: number,
    result: number,
  ): void;
  lossGradient(
    kind: number,
    count: number,
    columns: number,
    forecast: number,
    target: number,
    mask: number,
    levels: number,
    delta: number,
    factor: number,
    gradient: number,
  ): void;
  crossEntropy(
    rows: number,
    classes: number,
    logits: number,
    labels: number,
    mask: number,
    logs: number,
    partials: number,
    result: number,
  ): void;
  crossEntropyGradient(
    rows: number,
    classes: number,
    logits: number,
    labels: number,
    mask: number,
    logs: number,
    factor: number,
    gradient: number,
  ): void;
  sgd(
    table: number,
    pieces: number,
    scale: number,
    rate: number,
    momentum: number,
    decay: number,
    nesterov: number,
  ): void;
  rmsprop(
    table: number,
    pieces: number,
    scale: number,
    rate: number,
    momentum: number,
    decay: number,
    alpha: number,
    rest: number,
    epsilon: number,
  ): void;
}
