import { deepEqual } from "node:assert/strict";
import type { FoundAgent } from "@/lib/protocol/admin/messages.ts";
import { namesOf } from "./member_names.ts";

const found = (address: string, name: string): FoundAgent => ({
  ...{ address, name, email: "", source: "desk" },
});

Deno.test("namesOf() finds the name of each member whose address matches, until it is aborted", async () => {
  const agents = [
    found("ada.b", "Ada Byron"),
    found("ada", "Ada Lovelace"),
    found("nameless", ""),
    found("bob", "Bob Bean"),
  ];
  const end = new AbortController();
  const asked: string[] = [];
  const names: [string, string][] = [];

  await namesOf(
    ["ADA", "nameless", "unknown", "down", "bob", "cem"],
    (text) => {
      asked.push(text);
      if (text === "down") {
        return Promise.resolve({ ok: false, error: { reason: "unreachable" } });
      }
      const value = {
        agents: agents.filter(({ address }) =>
          address.includes(text.toLowerCase())
        ),
      };
      return Promise.resolve({ ok: true, value });
    },
    {
      signal: end.signal,
      found: (address, name) => {
        names.push([address, name]);
        if (address === "bob") end.abort();
      },
    },
  );

  deepEqual(asked, ["ADA", "nameless", "unknown", "down", "bob"]);
  deepEqual(names, [["ADA", "Ada Lovelace"], ["bob", "Bob Bean"]]);
});
