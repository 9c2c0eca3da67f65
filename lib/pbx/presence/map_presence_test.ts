import { equal } from "node:assert/strict";
import * as v from "valibot";
import type { Presence } from "@/lib/model/presence.ts";
import {
  lackOf,
  mapPresence,
  PresenceUpdate,
  unconfirmed,
} from "./map_presence.ts";

/** `contact status activity`; `-` for a member that is missing. */
type Item = readonly [contact: string, status: string, activity: string];

const CASES: readonly (readonly [Presence, string, ...Item[]])[] = [
  ["busy", "a capture", ["tel:", "closed", "busy"], ["im:", "open", ""]],
  ["online", "only a client", ["tel:", "closed", ""], ["im:", "open", ""]],
  ["online", "only a phone", ["tel:", "open", ""], ["im:", "closed", ""]],
  [
    "offline",
    "an appointment without a device",
    ["calendar:", "open", ""],
    ["tel:", "closed", ""],
    ["im:", "closed", ""],
  ],
  ["busy", "on the phone, client", ["tel:", "closed", "on-the-phone"], [
    "im:",
    "open",
    "",
  ]],
  ["busy", "on the phone, alone", ["tel:", "closed", "on-the-phone"]],
  ["busy", "on the phone as a status", ["tel:", "on-the-phone", ""]],
  ["busy", "an appointment", ["cal:", "open", "busy"], ["im:", "open", ""]],
  ["online", "after a meeting", ["tel:", "open", "online"]],
  ["online", "any case", ["im:", "Open", "Available"]],
  ["away", "an unknown activity", ["tel:", "open", "vacation"]],
  ["away", "a name of Object", ["tel:", "open", "constructor"]],
  ["dnd", "the newest wins", ["tel:", "open", "DND"], ["im:", "open", "lunch"]],
  ["online", "a newer nothing", ["tel:", "open", ""], ["im:", "open", "lunch"]],
  ["away", "no activity first", ["tel:", "open", "-"], ["im:", "-", "away"]],
  ["away", "no status", ["tel:", "-", ""], ["im:", "-", ""]],
  ["busy", "no status, but busy", ["tel:", "-", "busy"]],
  ["away", "one status", ["tel:", "closed", ""], ["im:", "-", ""]],
  ["online", "no activity", ["tel:", "open", "-"]],
  ["offline", "closed", ["tel:", "closed", "away"]],
  ["offline", "nothing"],
  ["offline", "an app alone", ["app:", "open", "dnd"]],
  ["online", "an app first", ["app:", "open", "dnd"], ["tel:", "open", ""]],
];

Deno.test("[P20] mapPresence() takes the status from all devices and the activity from the newest item", () => {
  for (const [presence, name, ...items] of CASES) {
    for (const absent of [undefined, null]) {
      const value = (text: string) => text === "-" ? absent : text;
      const update = {
        src: "1",
        presence: items.map(([contact, status, activity]) =>
          withoutUndefined({
            contact,
            status: value(status),
            activity: value(activity),
          })
        ),
      };

      const read = v.parse(PresenceUpdate, update);

      equal(mapPresence(read.presence), presence, `${name}, ${absent}`);
    }
  }
});

Deno.test("[P20] PresenceUpdate skips unreadable items", () => {
  const phone = { contact: "tel:", status: "open", activity: 7 };
  const read = v.parse(PresenceUpdate, {
    src: "1",
    presence: [phone, null, "im:", { contact: null }],
  });

  equal(mapPresence(read.presence), "online");
});

Deno.test("[P43] lackOf() returns chat if a phone is registered and no client runs", () => {
  const lack = (tel: string, im: string) =>
    lackOf([{ contact: "tel:", status: tel }, { contact: "im:", status: im }]);

  equal(lack("open", "closed"), "chat");
  equal(lack("Open", "closed"), "chat");
  equal(lack("open", "OPEN"), undefined);
  equal(lack("closed", "open"), undefined);
  equal(lack("closed", "closed"), undefined);
  equal(lackOf([{ contact: "app:", status: "open" }]), undefined);
});

Deno.test("[P23] unconfirmed() never returns online", () => {
  const states = ["online", "away", "busy", "dnd", "offline"] as const;

  equal(states.map(unconfirmed).join(), "away,away,busy,dnd,offline");
});

function withoutUndefined(item: Record<string, unknown>) {
  return Object.fromEntries(
    Object.entries(item).filter(([, value]) => value !== undefined),
  );
}
