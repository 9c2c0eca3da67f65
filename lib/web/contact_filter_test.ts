import { deepEqual, equal } from "node:assert/strict";
import { ADDRESS_LENGTH_MAX } from "@/lib/protocol/admin/contacts.ts";
import { formOf, queryOf } from "./contact_filter.ts";

Deno.test("days are whole days in the reader's zone, even when its clocks change", () => {
  const form = formOf(
    new URLSearchParams({
      from: "2026-03-29",
      to: "2026-03-29",
      zone: "Europe/Berlin",
    }),
  );

  const { from, to } = queryOf(form);

  equal(from, Date.UTC(2026, 2, 28, 23));
  equal(to, Date.UTC(2026, 2, 29, 22)); // 23 hours: the clocks go forward.
});

Deno.test("invalid parameters are ignored", () => {
  const form = formOf(
    new URLSearchParams({
      from: "2026-02-30",
      to: "yesterday",
      widget: "x",
      media: "fax",
      zone: "Moon/Tycho",
    }),
  );

  deepEqual(queryOf(form), {});
  equal(form.zone, "UTC");
});

Deno.test("widget, agent and media become the filter", () => {
  const uuid = "a".repeat(32);
  const form = formOf(
    new URLSearchParams({ widget: uuid, agent: "ada", media: "chat" }),
  );

  deepEqual(queryOf(form), { widget: uuid, agent: "ada", media: "chat" });
});

Deno.test("formOf() cuts an agent between visible characters", () => {
  const almost = "a".repeat(ADDRESS_LENGTH_MAX - 1);
  const agents = [`${almost}👩‍💻`, `${almost}e\u0301`, `${almost}bc`];

  const forms = agents
    .map((agent) => formOf(new URLSearchParams({ agent })).agent);

  deepEqual(forms, [almost, almost, `${almost}b`]);
});
