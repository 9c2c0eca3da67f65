import { deepEqual } from "node:assert/strict";
import { newContent } from "@/lib/model/widget.ts";
import { anAgent } from "@/tests/support/any_widget.ts";
import { everyDay } from "@/tests/support/opening_hours.ts";
import { phonesOf } from "./phones_of.ts";

const NOW = Date.UTC(2030, 0, 1, 12);

function content() {
  const shop = newContent("Shop", "en");
  shop.agents = [
    anAgent("atlantis", { name: "Atlantis Smith", boolean: "office" }),
    anAgent("away", { inactive: true }),
    anAgent("early", { hours: everyDay("UTC", "06:00-09:00") }),
    anAgent("team-1", {
      name: "Sales",
      team: {
        ...{ strategy: "all", ringSeconds: 20, chatsMax: 0, steps: [] },
        members: ["Atlantis", "columbia"],
      },
    }),
  ];
  return shop;
}

const ATLANTIS = {
  ...{ address: "atlantis", name: "Atlantis Smith", boolean: "office" },
};
const COLUMBIA = { address: "columbia", name: "columbia", boolean: "" };

Deno.test("[DUE10] phonesOf() returns the agent, the members of the team, or all of the widget, once each", () => {
  const rung = (address: string) => phonesOf({ address }, content(), NOW);

  deepEqual(rung("atlantis"), [ATLANTIS]);
  deepEqual(rung("team-1"), [
    { address: "Atlantis", name: "Atlantis", boolean: "" },
    COLUMBIA,
  ]);
  deepEqual(rung(""), [ATLANTIS, COLUMBIA]);
});

Deno.test("[DUE10] phonesOf() leaves out agents who are inactive, outside their hours, or no longer in the widget", () => {
  for (const address of ["away", "early", "gone"]) {
    deepEqual(phonesOf({ address }, content(), NOW), [], address);
  }
  deepEqual(phonesOf({ address: "" }, undefined, NOW), []);
});

Deno.test("[DUE10] phonesOf() returns at most 20 phones", () => {
  const shop = newContent("Shop", "en");
  shop.agents = Array.from({ length: 30 }, (_, n) => anAgent(`agent${n}`));

  deepEqual(phonesOf({ address: "" }, shop, NOW).length, 20);
});
