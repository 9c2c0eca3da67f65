import { getLogger } from "@logtape/logtape";
import type { Clock } from "@/lib/base/clock.ts";
import type { Socket, SocketEvents } from "@/lib/base/socket.ts";

const log = getLogger(["widgets", "server"]);

/** Maximum time until an expired session is noticed. */
export const SESSION_LOOK_MS = 60_000;

/**
 * Wraps the events of a socket that must end with its session, because a
 * session may expire, or be replaced by newer ones, without an event. Each
 * check counts as a use of the session, so an agent at the desk is not idle.
 */
export function whileSignedIn(
  socket: Pick<Socket, "close">,
  events: SocketEvents,
  { isSignedIn, code, clock }: {
    isSignedIn(): Promise<boolean>;
    /** The close code of a socket whose session has ended. */
    code: number;
    clock: Clock;
  },
): SocketEvents {
  let timer = lookLater();
  let isClosed = false;
  function lookLater(): Disposable {
    return clock.after(SESSION_LOOK_MS, () => void look());
  }
  async function look(): Promise<void> {
    let is = true;
    try {
      is = await isSignedIn();
    } catch (error) { // A failing store signs no user out.
      log.warn("Cannot recheck a sign-in: {error}", { error });
    }
    if (isClosed) return;
    if (is) timer = lookLater();
    else socket.close(code);
  }
  return {
    message: (text) => events.message(text),
    closed(closeCode) {
      isClosed = true;
      timer[Symbol.dispose]();
      events.closed(closeCode);
    },
  };
}
