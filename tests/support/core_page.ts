import type { ContactsPort } from "@/widget/contacts_port.ts";
import { Core, type CoreEvent, type WireEvents } from "@/widget/core.ts";
import { FakeClock } from "./fake_clock.ts";
import { session } from "./visitor_messages.ts";

export const UUID = "a".repeat(32);

interface SentFrame {
  mt: string;
  [member: string]: unknown;
}

/** A widget whose sockets the test answers, and what it does. */
export function openCore(address: { resume?: string } = {}) {
  const clock = new FakeClock();
  const did: string[] = [];
  const wires: { events: WireEvents; sent: SentFrame[] }[] = [];
  const core = new Core(
    { uuid: UUID, url: "wss://a.example/s", lang: "en", ...address },
    {
      clock,
      chance: () => 0.5,
      openWire: (_url, events) => {
        const sent: SentFrame[] = [];
        wires.push({ events, sent });
        return {
          send: (text) => sent.push(JSON.parse(String(text))),
          close: () => did.push("close"),
        };
      },
    },
  );
  core.onchange = () => did.push("change");
  core.ontell = ({ type }: CoreEvent) => did.push(type);
  const hear = (message: unknown) =>
    wires.at(-1)?.events.heard(JSON.stringify(message));
  return {
    core,
    clock,
    wires,
    hear,
    /** Returns what the widget has done since the last call. */
    done: () => did.splice(0),
    did,
    connect(resume = "token") {
      core.dispatch({ type: "arrive" });
      wires.at(-1)?.events.opened();
      hear(session({ resume }));
    },
    close: (code: number) => wires.at(-1)?.events.closed(code),
  };
}

/** Calls and chats that only note what they are told. */
export function contacts(did: string[], members: Partial<ContactsPort> = {}) {
  const port = {
    resume: "",
    open: false,
    known: {},
    shown: false,
    running: false,
    hear: (value: unknown) => did.push(`hear ${JSON.stringify(value)}`),
    refused: (error: string) => did.push(`refused ${error}`),
    reconnected: (resumed: boolean) => did.push(`reconnected ${resumed}`),
    disconnected: () => did.push("disconnected"),
    dispose: () => did.push("dispose"),
    ...members,
  };
  return port as unknown as ContactsPort;
}
