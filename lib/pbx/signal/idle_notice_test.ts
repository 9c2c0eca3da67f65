import { deepEqual, match, ok } from "node:assert/strict";
import * as v from "valibot";
import type { ChatEvent } from "@/lib/contact/ports.ts";
import {
  type ChatStimulus,
  type PbxChatEffect,
  startChat,
  stepChat,
} from "./chat_leg.ts";
import { idleNotice } from "./idle_notice.ts";
import { Signal } from "./signal.ts";

/** Returns the effects of these events on a chat in this language. */
function effectsOf(lang: string, ...events: ChatStimulus[]): PbxChatEffect[] {
  const visitor = { name: "", widget: { uuid: "", name: "Cards" }, lang };
  const log = { since: () => [] };
  let { state } = startChat(
    { id: "chat", address: "atlantis", visitor, log },
    "mark",
  );
  return events.flatMap((event) => {
    const step = stepChat(state, event);
    state = step.state;
    return step.effects;
  });
}

function written(effects: PbxChatEffect[]): string[] {
  return JSON.stringify(effects).match(/<i>.*?<\/i>/g) ?? [];
}

function told(effects: PbxChatEffect[]): ChatEvent[] {
  return effects.flatMap((effect) =>
    effect.type === "tell" ? [effect.event] : []
  );
}

function signal(fields: object): ChatStimulus {
  return { type: "signal", signal: v.parse(Signal, { fty: [], ...fields }) };
}

const joined = signal({ type: "conn" });
const idle: ChatStimulus = {
  type: "command",
  command: { type: "idle", leftMs: 300_000 },
};
const active: ChatStimulus = { type: "command", command: { type: "idle" } };

Deno.test("[P62] the agent is told how long an idle chat stays open, and only then", () => {
  deepEqual(written(effectsOf("en", idle, joined, idle, active)), [
    "<i>Nobody is writing. This chat will close in 5 minutes. Any message keeps it open.</i>",
  ]);
  deepEqual(written(effectsOf("de-AT", joined, idle)), [
    "<i>Niemand schreibt. Dieser Chat wird in 5 Minuten beendet. Jede Nachricht hält ihn offen.</i>",
  ]);
});

Deno.test("[P62] the notice names whole minutes, at least one", () => {
  const minutes = [1_000, 60_000, 89_999, 90_000, 600_000].map((leftMs) =>
    /in (\d+ minutes?)\./.exec(idleNotice("en", leftMs))?.[1]
  );

  deepEqual(minutes, [
    "1 minute",
    "1 minute",
    "1 minute",
    "2 minutes",
    "10 minutes",
  ]);
  match(idleNotice("fr", 60_000), /^Nobody is writing/);
});

Deno.test("[P62] the PBX's own cause 31 is a normal end, and an idle chat is released with 31", () => {
  const close: ChatStimulus = {
    type: "command",
    command: { type: "close", cause: 31 },
  };
  const ended = signal({ type: "rel", cau: { num: 31 } });

  const released = effectsOf("en", joined, close)
    .find((effect) => effect.type === "signal");

  deepEqual(told(effectsOf("en", ended)), [{ type: "terminated", cause: 16 }]);
  ok(released?.type === "signal" && released.signal.type === "rel");
  deepEqual(released.signal.cau, { num: 31 });
});
