import { deepEqual } from "node:assert/strict";
import { ADMIN_LANGUAGES } from "@/lib/i18n/admin/languages.ts";
import { fill } from "@/lib/i18n/fill.ts";
import { type Change, PROGRAM } from "@/lib/model/audit.ts";
import { wordsOf } from "./words.ts";

const widget = { uuid: "0".repeat(32), name: "Shop" };
const ben = { account: "2", name: "ben" };
const crm = { token: "3", name: "CRM" };
const ada = { id: "1", name: "ada" };
const ROLES: ("admin" | "agent")[] = ["admin", "agent"];

Deno.test("every kind of change has a description", () => {
  const changes: Change[] = [
    { type: "widget-created", ...widget },
    { type: "widget-saved", ...widget, version: 2 },
    { type: "widget-restored", ...widget, version: 3, from: 1 },
    { type: "widget-deleted", ...widget },
    { type: "person-created", ...ben, roles: ROLES },
    {
      type: "person-saved",
      ...ben,
      roles: ["agent"],
      changed: ["name", "displayName", "roles", "password"],
    },
    { type: "person-deleted", ...ben },
    { type: "pbx-password-saved" },
    { type: "contacts-deleted", count: 2 },
    { type: "token-created", ...crm, scopes: ["widgets:read", "later:read"] },
    { type: "token-revoked", ...crm },
  ];

  const said = changes.map((change) => say(change, ada));

  deepEqual(said, [
    "ada created the widget Shop",
    "ada changed the widget Shop (version 2)",
    "ada restored an earlier version of the widget Shop (version 3, restored from version 1)",
    "ada deleted the widget Shop",
    "ada added the account ben (Administrator and Agent)",
    "ada changed the account ben (sign-in name · name · roles: Agent · password)",
    "ada deleted the account ben",
    "ada changed the App password of the PBX",
    "ada deleted records of calls and chats (2 contacts)",
    "ada created the API token CRM (Read widgets · later:read)",
    "ada revoked the API token CRM",
  ]);
});

Deno.test("a change to your own account, and one by the service itself, are described as such", () => {
  const self = { id: "2", name: "ben" };

  const said = [
    say({ type: "person-created", ...ben, roles: ["admin"] }, self),
    say({
      type: "person-saved",
      ...ben,
      name: "bo",
      roles: ["admin"],
      changed: ["name"],
    }, self),
    say({ type: "person-deleted", ...ben }, self),
    say({ type: "widget-created", ...widget }, PROGRAM),
    say({ type: "widget-deleted", ...widget, name: "" }, ada),
  ];

  deepEqual(said, [
    "ben set up the first account (Administrator)",
    "ben changed their own account bo (sign-in name)",
    "ben deleted their own account ben",
    "The service created the widget Shop",
    "ada deleted the widget (unreadable)",
  ]);
});

function say(change: Change, by: { id: string; name: string }): string {
  const entry = { id: "", at: 0, by, change };
  const words = wordsOf(entry, { lang: "en", texts: ADMIN_LANGUAGES.en });
  const { sentence, detail, ...names } = words;
  return fill(sentence, names) + (detail && ` (${detail})`);
}
