/** Returns the leg of an agent who cannot be reached. It ends with `cause` right
 * after it was returned. */
export function unreachable(
  cause: number,
  tell: (event: { type: "terminated"; cause: number }) => void,
): { send(): void } {
  queueMicrotask(() => tell({ type: "terminated", cause }));
  return { send: () => {} };
}
