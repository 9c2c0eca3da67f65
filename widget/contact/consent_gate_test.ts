import { deepEqual, equal, ok } from "node:assert/strict";
import { newCall } from "../call/call_state.ts";
import { EMPTY_ROSTER } from "../roster.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { chance } from "@/tests/support/chance.ts";
import { turn } from "@/tests/support/desk_room.ts";
import {
  FakeBrowser,
  installBrowser,
} from "@/tests/support/model/fake_browser.ts";
import { session } from "@/tests/support/visitor_messages.ts";
import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import type { CallCode } from "./call_loader.ts";
import type { ContactMessage } from "@/lib/protocol/visitor/contact_messages.ts";
import { ChatRun } from "./chat_run.ts";
import { ConsentGate } from "./consent_gate.ts";
import { ContactPanel } from "./contacts.tsx";

const ADA = { id: "ada", dn: "Ada" };
const OLD = "0".repeat(16);
const NOW = "1".repeat(16);

/** The panel of a widget whose text has changed to NOW on its way to the page. */
function panelOf() {
  const clock = new FakeClock();
  const browser = new FakeBrowser(clock, chance(), new Map());
  const installed = installBrowser(() => browser);
  const said: ClientMessage[] = [];
  const heard: ContactMessage[] = [];
  let consentVersion = OLD;
  const createCall: CallCode["createCall"] = (owner, { agent, contact }) => {
    owner.send({ mt: "CreateCall", dest: agent.id, dn: "", contact });
    return {
      running: true,
      call: newCall({ agent, visitor: "", contact }),
      hear: (message) => heard.push(message),
      refused() {},
      reconnected() {},
      disconnected() {},
      hangUp() {},
      view: () => undefined,
      bar: () => undefined,
      inWords: () => ({ state: "" }),
      dispose() {},
    };
  };
  const panel = new ContactPanel(
    {
      uuid: "",
      clock,
      send: (message) => said.push(message) > 0,
      ready: () => true,
      wake() {},
      changed() {},
      failed() {},
      tell() {},
      roster: () => ({
        ...EMPTY_ROSTER,
        session: session({}, { consent: "Text", consentVersion }),
      }),
    },
    undefined,
    () => Promise.resolve({ createCall }),
  );
  return {
    panel,
    said,
    heard,
    save: () => consentVersion = NOW,
    [Symbol.dispose]() {
      panel.dispose();
      browser.end();
      installed[Symbol.dispose]();
    },
  };
}

type Panel = ReturnType<typeof panelOf>["panel"];

/** The props of the rendered view, which the test calls. */
function propsOf(panel: Panel): Record<string, unknown> {
  const drawn: unknown = panel.view(undefined as never);
  ok(typeof drawn === "object" && drawn !== null && "props" in drawn);
  return { ...(drawn.props ?? {}) };
}

function agree(panel: Panel): void {
  const { gate } = propsOf(panel);
  ok(gate instanceof ConsentGate, "no consent is asked for");
  gate.agree();
}

function write(panel: Panel, text: string): void {
  const { run, act } = propsOf(panel);
  ok(run instanceof ChatRun);
  run.write(text);
  ok(typeof act === "object" && act !== null && "send" in act);
  ok(typeof act.send === "function");
  act.send();
}

function creates(said: readonly ClientMessage[]) {
  return said.filter((message) =>
    message.mt === "CreateCall" || message.mt === "CreateChat"
  );
}

Deno.test("[V38] a chat with an outdated consent asks again and sends the draft", () => {
  using page = panelOf();
  const { panel, said, save } = page;
  panel.start("chat", ADA);
  write(panel, "Hello");
  agree(panel);
  const [first] = creates(said);

  save();
  panel.hear({
    mt: "ChatInfo",
    state: "terminated",
    cause: 21,
    contact: first?.contact,
    consent: NOW,
  });
  agree(panel);

  deepEqual(creates(said).map(({ consent }) => consent), [OLD, NOW]);
  deepEqual(
    said.flatMap((m) => m.mt === "ChatMessage" ? m.text : []),
    ["Hello", "Hello"],
  );
});

Deno.test("[V38] a call with an outdated consent asks again and is repeated", async () => {
  using page = panelOf();
  const { panel, said, heard, save } = page;
  panel.start("voice", ADA);
  agree(panel);
  await turn();
  const [first] = creates(said);

  save();
  panel.hear({
    mt: "CallInfo",
    state: "terminated",
    cause: 21,
    contact: first?.contact,
    consent: NOW,
  });
  agree(panel);
  await turn();

  deepEqual(creates(said).map(({ consent }) => consent), [OLD, NOW]);
  deepEqual(heard, []);
});

Deno.test("[V38] the end of an earlier contact asks for nothing", () => {
  using page = panelOf();
  const { panel, said } = page;
  panel.start("chat", ADA);
  write(panel, "Hello");
  agree(panel);

  panel.hear({
    mt: "ChatInfo",
    state: "terminated",
    cause: 21,
    contact: "another",
    consent: NOW,
  });

  equal(creates(said).length, 1);
  equal(propsOf(panel).agree, undefined);
});

Deno.test("the panel is drawn again when consent is asked for, given or refused", () => {
  const drawn: boolean[] = [];
  const began: string[] = [];
  const gate: ConsentGate = new ConsentGate(
    "",
    () => ({ consent: "Text", visitorName: "", sendPage: false }),
    () => drawn.push(gate.asked !== undefined),
  );

  gate.pass(() => began.push("first"));
  gate.cancel();
  gate.pass(() => began.push("second"));
  gate.agree();
  gate.pass(() => began.push("third"));

  deepEqual(drawn, [true, false, true, false, false]);
  deepEqual(began, ["second", "third"]);
});
