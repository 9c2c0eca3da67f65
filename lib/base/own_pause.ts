/** A timer is only this late if the whole process was paused. */
const OWN_PAUSE_MS = 5_000;

/**
 * True if a timer that is `lateMs` late shows that the process itself was
 * paused, for example because its host was suspended. A peer must not be judged
 * by its silence then, because its messages are waiting to be read.
 */
export function isOwnPause(lateMs: number): boolean {
  return lateMs >= OWN_PAUSE_MS;
}
