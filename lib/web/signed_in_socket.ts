import { getLogger } from "@logtape/logtape";
import type { Clock } from "@/lib/base/clock.ts";
import type { Socket, SocketEvents } from "@/lib/base/socket.ts";

const log = getLogger(["widgets", "server"]);

/** A session that has expired is found out so long after, at most. */
export const SESSION_LOOK_MS = 60_000;

/**
 * The events of a socket that lives no longer than the session that opened it: a
 * session may expire, or give way to newer ones, without a word. Each look is a
 * use of the session: who sits at a desk is not idle.
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
    } catch (error) { // A store that fails signs nobody out.
      log.warn("Cannot look after a session: {error}", { error });
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
