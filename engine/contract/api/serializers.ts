// Infinite numbers for oRPC's JSON, which only knows NaN. Both ends of every transport must use the same list.

interface JsonSerializer {
  /** Numbers below 20 belong to oRPC. */
  readonly type: number;
  condition(data: unknown): boolean;
  serialize(data: unknown): unknown;
  deserialize(serialized: unknown): unknown;
}

export const jsonSerializers: JsonSerializer[] = [
  {
    type: 20,
    condition: (data) => data === Number.POSITIVE_INFINITY || data === Number.NEGATIVE_INFINITY,
    serialize: (data) => String(data),
    deserialize: (serialized) => Number(serialized),
  },
];
