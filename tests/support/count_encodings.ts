/** Counts what is encoded as JSON until it is disposed of. */
export function countEncodings() {
  const { stringify } = JSON;
  const frames: string[] = [];
  let count = 0;
  JSON.stringify = (value: unknown) => {
    count++;
    const frame = stringify(value);
    frames.push(frame);
    return frame;
  };
  return {
    frames,
    get count() {
      return count;
    },
    [Symbol.dispose]() {
      JSON.stringify = stringify;
    },
  };
}
