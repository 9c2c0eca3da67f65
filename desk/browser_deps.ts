import { systemClock } from "@/lib/base/clock.ts";
import { callTrouble } from "@/lib/media/trouble.ts";
import type { DeskDeps } from "./desk.ts";
import type { SignInState } from "./connection_state.ts";

/** The session is checked only if the service may be unreachable, so the limit
 * is short. */
const CHECK_WITHIN_MS = 8_000;

/** The browser in which the desk runs. */
export function browserDeps(notice: DeskDeps["notice"]): DeskDeps {
  return {
    clock: systemClock,
    chance: Math.random,
    newId,
    notice,
    checkSession,
    openSocket(events) {
      const url = new URL("/desk/service", location.href);
      url.protocol = url.protocol.replace("http", "ws");
      const socket = new WebSocket(url);
      socket.onopen = () => events.opened();
      socket.onmessage = ({ data }) => events.message(String(data));
      socket.onclose = ({ code }) => events.closed(code);
      return {
        send: (text) => socket.send(text),
        close: (code) => socket.close(code),
      };
    },
    openPeer: (config) => new RTCPeerConnection(config),
    newStream: () => new MediaStream(),
    devices: globalThis.navigator?.mediaDevices,
    callTrouble,
  };
}

/** Returns an id that is unique among the pages of one agent; works on insecure
 * addresses too. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}

/** Requests the desk's own page, which redirects or rejects a user who is not
 * signed in. */
async function checkSession(): Promise<SignInState> {
  try {
    const response = await fetch("/desk", {
      redirect: "manual",
      cache: "no-store",
      signal: AbortSignal.timeout(CHECK_WITHIN_MS),
    });
    await response.body?.cancel();
    if (response.ok) return "signed-in";
    const isRefused = response.type === "opaqueredirect" ||
      response.status === 401 || response.status === 403;
    return isRefused ? "signed-out" : "unreachable";
  } catch {
    return "unreachable";
  }
}
