import { equal } from "node:assert/strict";
import { mapPresence, unconfirmed } from "./map_presence.ts";

Deno.test("[P20] mapPresence() takes the first item", () => {
  const cases = [
    ["tel:", "open", "", "online"],
    ["im:", "open", "", "online"],
    ["tel:", "open", "away", "away"],
    ["tel:", "open", "busy", "busy"],
    ["tel:", "open", "dnd", "dnd"],
    ["tel:", "open", "DND", "dnd"],
    ["tel:", "open", "on-the-phone", "busy"],
    ["calendar:", "open", "busy", "busy"],
    ["tel:", "open", "vacation", "away"],
    ["tel:", "open", "constructor", "away"],
    ["tel:", "closed", "", "offline"],
    ["im:", "closed", "away", "offline"],
  ] as const;
  for (const [contact, status, activity, presence] of cases) {
    const later = { contact: "im:", status: "open", activity: "lunch" };
    equal(
      mapPresence([{ contact, status, activity }, later]),
      presence,
      activity,
    );
  }
  equal(mapPresence([]), "offline");
});

Deno.test("[P20] mapPresence() passes over contacts of apps", () => {
  const badge = { contact: "app:", status: "open", activity: "dnd" };
  const phone = { contact: "tel:", status: "open", activity: "" };

  equal(mapPresence([badge, phone]), "online");
  equal(mapPresence([badge]), "offline");
});

Deno.test("[P23] unconfirmed() never says online", () => {
  const states = ["online", "away", "busy", "dnd", "offline"] as const;

  equal(states.map(unconfirmed).join(), "away,away,busy,dnd,offline");
});
