import { equal } from "node:assert/strict";
import { ADMIN_LANGUAGES } from "@/lib/i18n/admin/languages.ts";
import type { ContactView } from "@/lib/protocol/admin/contacts.ts";
import { durationText, outcomeText } from "./contact_words.ts";

const en = { lang: "en" as const, texts: ADMIN_LANGUAGES.en };

function call(more: Partial<ContactView>): ContactView {
  return {
    id: "c1",
    key: "k1",
    widget: "w1",
    address: "shop",
    media: "voice",
    startedAt: 0,
    endedAt: 10_000,
    cause: 16,
    messages: 0,
    ...more,
  };
}

Deno.test("every outcome of a call has a description, and an unknown cause shows its number", () => {
  const said = [16, 17, 18, 19, 21, 34]
    .map((cause) => outcomeText(call({ cause }), en));

  equal(
    said.join("; "),
    "ended before it was answered; busy; no answer; " +
      "no answer; declined; not reached (cause 34)",
  );
  equal(outcomeText(call({ answeredAt: 3_000 }), en), "answered, 0:07");
  equal(
    outcomeText(call({ answeredAt: 3_000, media: "chat", messages: 1 }), en),
    "answered, 0:07 · 1 message",
  );
  const idle = { answeredAt: 3_000, media: "chat", cause: 31 } as const;
  equal(
    outcomeText(call({ ...idle, messages: 2 }), en),
    "answered, 0:07 · 2 messages · closed after inactivity",
  );
});

Deno.test("a duration shows hours only if there are any", () => {
  equal(durationText(59_600), "1:00");
  equal(durationText(3_723_000), "1:02:03");
});
