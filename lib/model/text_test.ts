import { deepEqual, equal } from "node:assert/strict";
import * as v from "valibot";
import { AccountContent } from "./account.ts";
import { Email, line, lines, Phone } from "./text.ts";

Deno.test("[ACC15] hidden characters are removed from one-line fields", () => {
  const name = v.parse(line(20), " Ada\u202e\u0085Love\u009blace\u2028 ");
  const phone = v.parse(Phone, "\u202a+49 89 123\u202c");
  const email = v.parse(Email, "\u2066ada@example.com\u2069");
  const { displayName } = v.parse(AccountContent, {
    name: "ada",
    displayName: "Ada \u202egnp.exe",
    roles: [],
  });

  equal(name, "Ada Lovelace");
  equal(phone, "+49 89 123");
  equal(email, "ada@example.com");
  equal(displayName, "Ada gnp.exe");
});

Deno.test("[ACC15] a multi-line field keeps its lines but no hidden characters", () => {
  equal(v.parse(lines(20), "a\tb\r\n\u202ec\u0000\n"), "a\tb\nc");
});

Deno.test("[ACC15] a one-line field rejects a second line, and only hidden characters count as empty", () => {
  const schema = AccountContent.entries.displayName;
  const problems = ["a\nb", "a\u0007", "\u202e\u2066"].map((text) =>
    v.safeParse(schema, text).issues?.[0].message
  );

  deepEqual(problems, [
    "must be one line",
    "must be one line",
    "must not be empty",
  ]);
});
