import { deepEqual } from "node:assert/strict";
import type { Account, AccountContent } from "@/lib/model/account.ts";
import { changesOf, merged } from "./account_changes.ts";

const content: AccountContent = {
  name: "ada",
  displayName: "Ada",
  roles: ["admin", "agent"],
};
const picture = "1".repeat(64);
const account: Account = { id: "1", createdAt: 5, ...content };

Deno.test("changesOf() names the members that differ, and a new password", () => {
  const cases: [after: Partial<AccountContent>, hash?: string][] = [
    [{}],
    [{ roles: ["agent", "admin"] }], // In another order.
    [{ name: "ben" }],
    [{ displayName: "Ben" }],
    [{ roles: ["admin"] }],
    [{}, "hash"],
    [{ name: "ben", displayName: "Ben", roles: [] }, "hash"],
  ];

  const changed = cases.map(([after, hash]) =>
    changesOf(account, { ...content, ...after }, hash).join(" ")
  );

  deepEqual(changed, [
    "",
    "",
    "name",
    "displayName",
    "roles",
    "password",
    "name displayName roles password",
  ]);
});

Deno.test("merged() keeps the user's own settings, unless the save replaces them", () => {
  const own = { picture, language: "de" };
  const before = { ...account, ...own };
  const after = { ...content, displayName: "Ada L." };

  deepEqual(merged(before, after, {}), { ...before, displayName: "Ada L." });
  deepEqual(merged(account, after, {}), { ...account, displayName: "Ada L." });
  deepEqual(
    [{}, { picture }, { language: "fr" }].map((personal) =>
      merged(before, content, { personal })
    ),
    [account, { ...account, picture }, { ...account, language: "fr" }],
  );
});

Deno.test("merged() replaces the mark of a password with the password only", () => {
  const marked = { ...account, mustChangePassword: true as const };
  const passwordHash = "hash";

  deepEqual(
    [
      merged(marked, content, {}),
      merged(marked, content, { mustChangePassword: false }),
      merged(account, content, { mustChangePassword: true }),
      merged(marked, content, { passwordHash }),
      merged(account, content, { passwordHash, mustChangePassword: true }),
    ],
    [marked, marked, account, account, marked],
  );
});
