/** The members of a `KeyboardEvent` that {@linkcode isComposing} reads. */
export type ComposableKey = Pick<KeyboardEvent, "isComposing" | "keyCode">;

/**
 * True if the key belongs to an input method that is composing text, for
 * example in Japanese, Chinese or Korean. Such an Enter chooses a word and such
 * an Escape cancels one, so neither may send a message or close anything.
 * Safari reports the last key of a composition after it has ended, and some
 * Android keyboards never set `isComposing`; both mark the key with code 229.
 */
export function isComposing(event: ComposableKey): boolean {
  return event.isComposing || event.keyCode === 229;
}
