/** Replaces globals such as `AudioContext` until it is disposed of. */
export function replaceGlobals(fakes: Record<string, unknown>): Disposable {
  const restore = Object.entries(fakes).map(([name, value]) =>
    replaceMember(globalThis, name, value)
  );
  return { [Symbol.dispose]: () => restore.forEach((undo) => undo()) };
}

/** Replaces a member of an object that only the browser has or may change.
 * Returns the function that restores it. */
export function replaceMember(
  target: object,
  name: string,
  value: unknown,
): () => void {
  return replaceProperty(target, name, { value, writable: true });
}

/** The same for a getter. */
export function replaceProperty(
  target: object,
  name: string,
  fake: PropertyDescriptor,
): () => void {
  const before = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, { ...fake, configurable: true });
  return () => {
    if (before) Object.defineProperty(target, name, before);
    else Reflect.deleteProperty(target, name);
  };
}
