/** Returns milliseconds since 1970 with fractions, comparable between
 * processes. */
export function nowMs(): number {
  return performance.timeOrigin + performance.now();
}
