import { deepEqual } from "node:assert/strict";
import { replaceGlobals } from "@/tests/support/replace_globals.ts";
import { session } from "@/tests/support/visitor_messages.ts";
import { Core } from "./core.ts";

const UUID = "a".repeat(32);

/** A browser's WebSocket, as far as the widget uses it. */
class FakeSocket {
  static readonly made: FakeSocket[] = [];
  onopen?: () => void;
  onmessage?: (event: { data: string }) => void;
  onclose?: (event: { code: number }) => void;
  readonly sent: string[] = [];

  constructor(readonly url: string) {
    if (url.startsWith("ws:")) throw new Error("SecurityError");
    FakeSocket.made.push(this);
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {}
}

Deno.test("a browser's socket greets, hears and closes", () => {
  using _globals = replaceGlobals({ WebSocket: FakeSocket });
  const core = new Core({ uuid: UUID, url: "wss://a.example/s", lang: "en" });
  core.dispatch({ type: "arrive" });
  const [socket] = FakeSocket.made;

  socket?.onopen?.();
  socket?.onmessage?.({ data: JSON.stringify(session()) });
  const ready = core.connection.state;
  socket?.onclose?.({ code: 4404 });
  const refused = core.connection.state;
  core.dispose();

  deepEqual([socket?.url, socket?.sent.length], ["wss://a.example/s", 1]);
  deepEqual([ready, refused], ["ready", "refused"]);
});

Deno.test("a socket that the browser forbids counts as a broken one", async () => {
  using _globals = replaceGlobals({ WebSocket: FakeSocket });
  const core = new Core({ uuid: UUID, url: "ws://a.example/s", lang: "en" });

  core.dispatch({ type: "arrive" });
  const opening = core.connection.state;
  await Promise.resolve(); // It closes after it was opened, as any other does.
  const closed = core.connection.state;
  core.dispose();

  deepEqual([opening, closed], ["connecting", "waiting"]);
});
