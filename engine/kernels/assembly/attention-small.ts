// Decides which queries need no shift by their largest score. The decision changes how a query is computed, and so its last bits.
// So it may depend only on that query and on the keys it may see, not on its neighbours in a panel and not on future keys.
import { depth, visibleKeys } from './attention';
import { bytes, store8 } from './lanes';

/** Square of the size up to which a score needs no shift by the largest: neither 2^score nor a sum over values comes near the limits. */
const SMALL: f32 = 32 * 32;

/** All eight lanes. */
export const ALL: i32 = 0xff;

/** target[key] <- the largest square of a length among the keys up to this one, for `fours` panels [depth][4]; NaN passes. */
export function longestSoFar(target: usize, panel: usize, fours: i32): void {
  const deep = depth();
  let most: f32 = 0;
  for (; fours > 0; fours--) {
    let sum = f32x4.splat(0);
    for (let left = deep; left > 0; left--) {
      const x = v128.load(panel);
      sum = f32x4.add(sum, f32x4.mul(x, x));
      panel += 16;
    }
    most = max(most, f32x4.extract_lane(sum, 0)); store<f32>(target, most);
    most = max(most, f32x4.extract_lane(sum, 1)); store<f32>(target, most, 4);
    most = max(most, f32x4.extract_lane(sum, 2)); store<f32>(target, most, 8);
    most = max(most, f32x4.extract_lane(sum, 3)); store<f32>(target, most, 12);
    target += 16;
  }
}

/** Bit i: the query in lane i of a panel [depth][8] has small scores with all keys that it sees. `squares` is 32 bytes of scratch. */
export function smallLanes(panel: usize, query: i32, longest: usize, squares: usize): i32 {
  let a = f32x4.splat(0), b = a;
  for (let left = depth(); left > 0; left--) {
    const x = v128.load(panel), y = v128.load(panel, 16);
    a = f32x4.add(a, f32x4.mul(x, x));
    b = f32x4.add(b, f32x4.mul(y, y));
    panel += 32;
  }
  const both = f32x4.max(a, b), most = max(
    max(f32x4.extract_lane(both, 0), f32x4.extract_lane(both, 1)), max(f32x4.extract_lane(both, 2), f32x4.extract_lane(both, 3)),
  );
  if (most * longestSeen(query + 7, longest) <= SMALL) return ALL;
  store8(squares, a, b);
  let lanes = 0;
  for (let lane = 0; lane < 8; lane++) {
    if (load<f32>(squares + bytes(lane)) * longestSeen(query + lane, longest) <= SMALL) lanes |= 1 << lane;
  }
  return lanes;
}

// @ts-ignore: decorator
@inline
function longestSeen(query: i32, longest: usize): f32 {
  const seen = visibleKeys(query);
  return seen == 0 ? 0 : load<f32>(longest + bytes(seen - 1));
}

/** Zeros in the lanes of a panel [depth][8] whose bit is not set. */
export function clearOthers(panel: usize, lanes: i32): void {
  for (let left = depth(); left > 0; left--) {
    for (let lane = 0; lane < 8; lane++) if ((lanes & (1 << lane)) == 0) store<f32>(panel + bytes(lane), 0);
    panel += 32;
  }
}
