import { deepEqual, equal } from "node:assert/strict";
import { DEFAULT_APPEARANCE } from "@/lib/model/appearance.ts";
import type { Agent } from "@/lib/model/agent.ts";
import { anAgent, contentWith } from "@/tests/support/any_widget.ts";
import { WIDGET_LANGUAGES } from "@/lib/i18n/widget/languages.ts";
import { newContent, type WidgetContent } from "@/lib/model/widget.ts";
import { someHours } from "@/tests/support/opening_hours.ts";
import {
  hasHours,
  lastValid,
  previewMessages,
  queueOf,
  tomorrowMorning,
} from "./preview_messages.ts";

Deno.test("the preview says what the service would say about the saved widget", () => {
  const picture = "a".repeat(64);
  const content = contentWith([
    anAgent("ann", { name: "Ann", picture }),
    anAgent("ben", { inactive: true }),
  ]);

  const { session, infos, pictures } = previewMessages(
    { type: "cardset", content },
    { lang: "de-AT", theme: "auto" },
  );

  equal(session.type, "cardset");
  equal(session.lang, "de");
  // Callbacks are off, so it has no texts about them.
  deepEqual(
    { ...WIDGET_LANGUAGES.de, ...session.strings },
    WIDGET_LANGUAGES.de,
  );
  deepEqual([session.strings.leaveLead, session.strings.callback], [
    WIDGET_LANGUAGES.de?.leaveLead,
    undefined,
  ]);
  deepEqual(infos.map(({ dn, presence, order }) => [dn, presence, order]), [
    ["Ann", "online", 0],
    ["ben", "offline", 1],
  ]);
  deepEqual(pictures[0], {
    mt: "Picture",
    id: "ann",
    url: `/api/pictures/${picture}`,
  });
});

Deno.test("a closed preview shows when agents with opening hours are back, and all others", () => {
  const hours = someHours({ days: [1], times: ["09:00-17:00"] });
  const own = contentWith([anAgent("ann", { hours }), anAgent("ben")]);
  const closedUntil = Date.UTC(2030, 0, 2, 9);
  const shown = (content: WidgetContent) =>
    previewMessages({ type: "cardset", content }, {
      lang: "en",
      theme: "auto",
      closedUntil,
    }).infos.map(({ presence, opensAt }) => [presence, opensAt]);

  const closed = ["offline", closedUntil / 1_000];
  deepEqual(shown(own), [closed, ["online", undefined]]);
  deepEqual(shown({ ...own, hours }), [closed, closed]);
  deepEqual([hasHours(own), hasHours(contentWith([anAgent("ben")]))], [
    true,
    false,
  ]);
});

/** A team with or without a queue. */
function aTeam(address: string, queueMinutes?: number): Agent {
  const team = {
    ...{ members: ["ann"], strategy: "all" as const, ringSeconds: 20 },
    ...{ chatsMax: 0, steps: [] },
    ...queueMinutes !== undefined && { queueMinutes },
  };
  return anAgent(address, { name: address, team });
}

Deno.test("a preview of the queue has a place at the first team whose queue takes chats", () => {
  const shown = (agents: Agent[], queue = true) =>
    previewMessages(
      { type: "sidebar", content: contentWith(agents) },
      { lang: "en", theme: "auto", queue },
    ).queue;
  const others = [anAgent("ann"), aTeam("none")];
  const left = [
    { ...aTeam("ill", 5), inactive: true },
    { ...aTeam("calls", 5), media: ["voice" as const] },
  ];
  const all = [...others, ...left, aTeam("sales", 5), aTeam("more", 9)];

  deepEqual(shown(all), { agent: "sales", position: 3, minutes: 4 });
  deepEqual(shown(all, false), undefined);
  deepEqual(shown([...others, ...left]), undefined);
  deepEqual(queueOf(contentWith(all))?.address, "sales");
});

Deno.test("tomorrowMorning() is 9:00 of the next day, over a change of clocks too", () => {
  const next = new Date(tomorrowMorning(new Date(2030, 11, 31, 23, 30)));

  deepEqual(
    [next.getFullYear(), next.getMonth(), next.getDate(), next.getHours()],
    [2031, 0, 1, 9],
  );
});

Deno.test("a simulated dark system changes only colours that follow the visitor", () => {
  const themes = (["auto", "page", "light"] as const).map((theme) => {
    const appearance = { ...DEFAULT_APPEARANCE, theme };
    const content = contentWith([], { appearance });
    const pretended = { lang: "en", theme: "dark" } as const;
    return previewMessages({ type: "sidebar", content }, pretended)
      .session.options.theme;
  });

  deepEqual(themes, ["dark", "dark", "light"]);
});

Deno.test("lastValid() leaves out invalid values and keeps the rest", () => {
  const last = newContent("Contact", "en");
  const written = {
    ...last,
    company: { ...last.company, name: "Bikes", email: "nobody" },
    consent: "c".repeat(1_001),
    visitorName: "You",
    appearance: { ...last.appearance, fontSize: 900, radius: 20 },
  };

  const shown = lastValid(last, written);

  equal(shown.appearance.fontSize, 16);
  equal(shown.appearance.radius, 20);
  equal(shown.consent, "");
  equal(shown.visitorName, "You");
  equal(shown.company, last.company);
  equal(lastValid(last, last), last);
});
