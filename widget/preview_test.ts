import { deepEqual } from "node:assert/strict";
import { en } from "@/lib/i18n/widget/en.ts";
import { chance } from "@/tests/support/chance.ts";
import { turn } from "@/tests/support/desk_room.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import {
  FakeBrowser,
  installBrowser,
} from "@/tests/support/model/fake_browser.ts";
import { info, session } from "@/tests/support/visitor_messages.ts";
import { ContactPanel } from "./contact/contacts.tsx";
import type { Memory } from "./contact/memory.ts";
import type { ContactsOwner } from "./contacts_port.ts";
import {
  type Preview,
  type Previewed,
  previewed,
  type PreviewOwner,
  rosterOf,
} from "./preview.ts";
import { QueuedChat } from "./queued_chat.tsx";

Deno.test("a preview shows its cards in their order, with their pictures", () => {
  const infos = [
    info({ id: "ben", order: 2, picture: "p2" }),
    info({ id: "ada", order: 1, picture: "p1" }),
    info({ id: "cem", order: 10, picture: "p3" }),
  ];
  const start = session({ type: "sidebar" });

  const roster = rosterOf({
    session: start,
    infos,
    pictures: [{ mt: "Picture", id: "ada", url: "data:image/png;base64,AA==" }],
  });

  deepEqual(roster.cards.map(({ id }) => id), ["ada", "ben", "cem"]);
  deepEqual(roster.pictures, {
    p1: "data:image/png;base64,AA==",
    p2: "",
    p3: "",
  });
  deepEqual([roster.session, roster.incoming], [start, undefined]);
  deepEqual(infos.map(({ id }) => id), ["ben", "ada", "cem"]);
});

const SALES = info({ id: "sales", dn: "Sales" });
const OPEN: Preview = {
  session: session({ type: "sidebar", strings: en }),
  infos: [SALES],
  pictures: [],
};
const QUEUE: Preview = {
  ...OPEN,
  queue: { agent: "sales", position: 3, minutes: 4 },
};

/** An element whose chats are real ones, in a browser without a page. */
function elementOf() {
  const clock = new FakeClock();
  const browser = new FakeBrowser(clock, chance(), new Map());
  const installed = installBrowser(() => browser);
  const did: string[] = [];
  const made: { panel: ContactPanel; owner: ContactsOwner }[] = [];
  let shown: Previewed | undefined;
  function panelFrom(owner: ContactsOwner, memory?: Memory): ContactPanel {
    const panel = new ContactPanel(owner, memory);
    const dispose = panel.dispose.bind(panel);
    panel.dispose = () => {
      did.push("dispose");
      dispose();
    };
    made.push({ panel, owner });
    return panel;
  }
  const owner: PreviewOwner = {
    load: () => Promise.resolve({ panelFrom }),
    shown: () => shown,
    changed() {},
    expand: (open) => did.push(open ? "expand" : "collapse"),
  };
  return {
    made,
    show(preview?: Preview) {
      const load = () => Promise.resolve({ QueuedChat });
      shown = previewed(preview, owner, load);
    },
    get contacts() {
      return shown?.contacts;
    },
    get chat() {
      return made.at(-1)?.panel.contacts.chat;
    },
    done: () => did.splice(0),
    [Symbol.dispose]() {
      shown?.contacts?.dispose();
      browser.end();
      installed[Symbol.dispose]();
    },
  };
}

Deno.test("a preview of the queue opens a chat that waits at its place", async () => {
  using element = elementOf();

  element.show(QUEUE);
  await turn();

  deepEqual(element.done(), ["expand"]);
  deepEqual([element.contacts?.shown, element.contacts?.running], [true, true]);
  const { agent, queue, lines } = element.chat ?? {};
  deepEqual(agent, { id: "sales", name: "Sales" });
  deepEqual([queue?.position, queue?.minutes], [3, 4]);
  deepEqual(lines?.map((line) => line.type === "own" && line.text), [
    en.message,
  ]);
});

Deno.test("a preview of the queue brings the chat back when the visitor leaves it or writes", async () => {
  using element = elementOf();
  element.show(QUEUE);
  await turn();
  element.done();
  const { owner } = element.made[0] ?? {};

  owner?.send({ mt: "ChatTyping", typing: true });
  owner?.send({ mt: "ChatRead", seq: 2 });
  const typed = element.done();
  owner?.send({ mt: "ClearChat" });

  deepEqual([typed, element.done()], [[], ["dispose"]]);
  deepEqual([element.made.length, element.chat?.queue?.position], [2, 3]);
  deepEqual(
    element.chat?.lines.map((line) => line.type !== "note" && line.text),
    [
      en.message,
      en.previewOnly,
    ],
  );
});

Deno.test("a change of the widget shows in the queue without opening a panel that was closed", async () => {
  using element = elementOf();
  element.show(QUEUE);
  await turn();
  element.done();

  element.show({ ...QUEUE, infos: [{ ...SALES, dn: "Service" }] });
  deepEqual(element.contacts?.shown, true);
  await turn();

  deepEqual(element.done(), ["dispose"]);
  deepEqual(element.chat?.agent.name, "Service");
});

Deno.test("the panel closes when a preview no longer shows the queue", async () => {
  for (const next of [OPEN, undefined]) {
    using element = elementOf();
    element.show(QUEUE);
    await turn();
    element.done();

    element.show(next);

    deepEqual(element.done(), ["dispose", "collapse"]);
    deepEqual(element.contacts, undefined);
  }
});

Deno.test("a queue that is left while its code loads is not shown", async () => {
  using element = elementOf();

  element.show(QUEUE);
  element.show(OPEN);
  await turn();

  deepEqual([element.done(), element.made.length], [[], 0]);
});
