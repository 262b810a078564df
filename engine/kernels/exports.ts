// The functions of the compiled kernels as TypeScript sees them. Addresses are byte offsets into the shared memory;
// strides count elements unless said otherwise.
export interface KernelExports {
  configure(threads: number, spin: number, mayWait: number, scratchBase: number, scratchBytes: number): void;
  workerLoop(index: number): void;
  quit(): void;
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
    packed: number,
    bias: number,
    activation: number,
  ): void;
  unary(op: number, count: number, source: number, target: number): void;
}
