// The tfjs backend `simd`: tensors live in the kernels' memory. It extends the JavaScript CPU backend, so every op exists and is
// correct; compiled kernels (kernels/*.ts) replace the frequent ones.
// A tensor made by a compiled kernel has an address, and its values are a view of the memory there. A tensor made by a JavaScript
// kernel has values, and gets an address when a compiled kernel first reads it.
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { backend_util, DataType, TensorInfo, TypedArray } from '@tensorflow/tfjs-core';
import type { Kernels } from '../../kernels/kernels.ts';

export const SIMD_BACKEND_NAME = 'simd';

type Values = backend_util.BackendValues;
type DataId = TensorInfo['dataId'];

const BYTES_PER_ELEMENT: Readonly<Record<string, number>> = { float32: 4, int32: 4, bool: 1 };

/** What the backend keeps of one tensor's data; JavaScript kernels read `values`. */
class SimdData {
  refCount = 1;
  /** Byte address in the kernels' memory; 0 when the data is on the JavaScript heap. */
  pointer = 0;
  /** Byte address of a copy in another type; 0 if there is none. */
  converted = 0;
  readonly dtype: DataType;
  complexTensorInfos?: { real: TensorInfo; imag: TensorInfo };
  #values: Values | undefined;
  readonly #view: ((data: SimdData) => Values) | undefined;

  constructor(dtype: DataType, values: Values | undefined, view?: (data: SimdData) => Values) {
    this.dtype = dtype;
    this.#values = values;
    this.#view = view;
  }

  get values(): Values {
    this.#values ??= this.#view?.(this);
    return this.#values as Values; // undefined for complex tensors, as in the CPU backend
  }

  set values(values: Values) {
    this.#values = values;
  }

  forgetValues(): void {
    this.#values = undefined;
  }
}

export class SimdBackend extends MathBackendCPU {
  readonly kernels: Kernels;
  #tensorsInMemory = 0;

  constructor(kernels: Kernels) {
    super();
    this.kernels = kernels;
    // The CPU backend's first write prints an advertisement for tfjs-node.
    (this as unknown as { firstUse: boolean }).firstUse = false;
  }

  override write(values: Values, shape: number[], dtype: DataType): DataId {
    const dataId = super.write(values, shape, dtype);
    this.#store(dataId, values, dtype, 1);
    return dataId;
  }

  override move(dataId: DataId, values: Values, _shape: number[], dtype: DataType, refCount: number): void {
    this.#store(dataId, values, dtype, refCount);
  }

  /** A tensor of the given shape in the kernels' memory, contents undefined. */
  allocate(shape: readonly number[], dtype: 'float32' | 'int32' | 'bool' = 'float32'): TensorInfo {
    const size = shape.reduce((product, extent) => product * extent, 1);
    const dataId = super.write(undefined as unknown as Values, shape as number[], dtype);
    const pointer = this.kernels.allocator.allocate(size * BYTES_PER_ELEMENT[dtype]!);
    const data = new SimdData(dtype, undefined, () => this.#viewAt(pointer, size, dtype));
    data.pointer = pointer;
    this.data.set(dataId, data as never);
    this.#tensorsInMemory++;
    return { dataId, shape: shape as number[], dtype };
  }

  /** Byte address of a tensor's values; moves them from the JavaScript heap if they are there. */
  pointerOf(tensor: TensorInfo): number {
    const data = this.#dataOf(tensor.dataId);
    if (data.dtype !== tensor.dtype) return this.#convertedPointer(data, tensor.dtype);
    if (data.pointer === 0) this.#moveIn(data, data.values as TypedArray);
    return data.pointer;
  }

  /** 0 where there is no tensor. */
  pointerOrZero(tensor: TensorInfo | null | undefined): number {
    return tensor ? this.pointerOf(tensor) : 0;
  }

  /** The CPU backend's cast to a wider type only renames: such a tensor shares narrower data, of which a copy is made. */
  #convertedPointer(data: SimdData, dtype: DataType): number {
    if (data.converted) return data.converted;
    const values = data.values as TypedArray;
    data.converted = this.kernels.allocator.allocate(values.length * BYTES_PER_ELEMENT[dtype]!);
    (this.#viewAt(data.converted, values.length, dtype) as TypedArray).set(values as ArrayLike<number>);
    return data.converted;
  }

  /** The values themselves, valid until the tensor is disposed of. */
  valuesOf(tensor: TensorInfo): Values {
    return this.#dataOf(tensor.dataId).values;
  }

  /** A second holder of a tensor's data. */
  share({ dataId, shape, dtype }: TensorInfo): TensorInfo {
    this.incRef(dataId);
    return { dataId, shape, dtype };
  }

  /** A tensor of a saved one's shape: the saved one, to be overwritten, if nothing else holds its data; else a new one. */
  takeOver(saved: TensorInfo): TensorInfo {
    return this.refCount(saved.dataId) > 1 ? this.allocate(saved.shape) : this.share(saved);
  }

  /** A tensor of the same shape and values with memory of its own. */
  copy(tensor: TensorInfo): TensorInfo {
    const result = this.allocate(tensor.shape, tensor.dtype as 'float32' | 'int32' | 'bool');
    (this.#dataOf(result.dataId).values as TypedArray).set(
      this.#dataOf(tensor.dataId).values as ArrayLike<number>,
    );
    return result;
  }

  /** Scratch memory for the duration of one call: `use` gets its address. */
  withScratch<T>(bytes: number, use: (pointer: number) => T): T {
    const pointer = this.kernels.allocator.allocate(bytes);
    try {
      return use(pointer);
    } finally {
      this.kernels.allocator.release(pointer);
    }
  }

  /** A copy, where the memory would be reused after the tensor is disposed of. */
  override readSync(dataId: DataId): Values {
    const data = this.#dataOf(dataId);
    return data.pointer === 0 ? super.readSync(dataId) : (data.values as TypedArray).slice();
  }

  override disposeData(dataId: DataId, force = false): boolean {
    const data = this.data.has(dataId) ? this.#dataOf(dataId) : undefined;
    const gone = super.disposeData(dataId, force);
    if (gone && data?.converted) this.kernels.allocator.release(data.converted);
    if (gone && data && data.pointer !== 0) {
      this.kernels.allocator.release(data.pointer);
      data.pointer = 0;
      data.forgetValues();
      this.#tensorsInMemory--;
    }
    return gone;
  }

  /** Number of tensors whose data is in the kernels' memory now; leak checks compare it. */
  get tensorsInMemory(): number {
    return this.#tensorsInMemory;
  }

  override memory(): { unreliable: boolean; reasons: string[] } {
    return { unreliable: false, reasons: [] };
  }

  override dispose(): void {
    this.kernels.close();
  }

  #dataOf(dataId: DataId): SimdData {
    return this.data.get(dataId) as unknown as SimdData;
  }

  #store(dataId: DataId, values: Values, dtype: DataType, refCount: number): void {
    const data = new SimdData(dtype, values);
    data.refCount = refCount;
    this.data.set(dataId, data as never);
    // A JavaScript kernel may return part of its input's view (slice does): that memory belongs to the input.
    if (ArrayBuffer.isView(values) && this.#isKernelMemory(values.buffer)) {
      this.#moveIn(data, values as TypedArray);
    }
  }

  /** Shared memory has a new buffer object after every growth; plain memory never grows. */
  #isKernelMemory(buffer: ArrayBufferLike): boolean {
    return this.kernels.shared ? buffer instanceof SharedArrayBuffer : buffer === this.kernels.memory.buffer;
  }

  #moveIn(data: SimdData, values: TypedArray): void {
    const pointer = this.kernels.allocator.allocate(values.length * BYTES_PER_ELEMENT[data.dtype]!);
    const view = this.#viewAt(pointer, values.length, data.dtype);
    (view as TypedArray).set(values as ArrayLike<number>);
    data.pointer = pointer;
    data.values = view;
    this.#tensorsInMemory++;
  }

  #viewAt(pointer: number, size: number, dtype: DataType): Values {
    const { buffer } = this.kernels.memory;
    if (dtype === 'int32') return new Int32Array(buffer, pointer, size);
    if (dtype === 'bool') return new Uint8Array(buffer, pointer, size);
    return new Float32Array(buffer, pointer, size);
  }
}
