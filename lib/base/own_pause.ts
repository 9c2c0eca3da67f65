/** A timer is never so late unless the whole process stood still. */
const OWN_PAUSE_MS = 5_000;

/**
 * True if a timer that is `lateMs` late shows that the process itself stood still,
 * for example because its host was suspended. Then a peer must not be judged by its
 * silence: its messages wait to be read.
 */
export function isOwnPause(lateMs: number): boolean {
  return lateMs >= OWN_PAUSE_MS;
}
