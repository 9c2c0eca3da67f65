import { deepEqual, equal, match } from "node:assert/strict";
import type { PersonView } from "@/lib/protocol/admin/messages.ts";
import {
  isLastAdmin,
  madeUpPassword,
  NEW_PERSON,
  personProblems,
  refusedFields,
  withRole,
} from "./person_form.ts";

Deno.test("a new person needs a password, an existing one can keep theirs", () => {
  const form = { ...NEW_PERSON, name: "ann", displayName: "Ann" };

  const fresh = personProblems(form, { isNew: true });
  const known = personProblems(form, { isNew: false });
  const short = personProblems({ ...form, password: "x" }, { isNew: false });

  deepEqual(fresh, { password: "must have at least 10 characters" });
  deepEqual(known, {});
  deepEqual(short, { password: "must have at least 10 characters" });
});

Deno.test("a person needs a dialable name and a role", () => {
  const form = { name: "ann berg", displayName: " ", roles: [], password: "" };

  const problems = personProblems(form, { isNew: false });

  deepEqual(Object.keys(problems).sort(), ["displayName", "name", "roles"]);
});

Deno.test("an error from the service appears next to its field", () => {
  const text = "must be nice";

  deepEqual(refusedFields({ reason: "exists", text }), { name: "exists" });
  deepEqual(refusedFields({ reason: "last-admin", text }), {
    roles: "last-admin",
  });
  deepEqual(refusedFields({ reason: "invalid", text, field: "password" }), {
    password: text,
  });
  deepEqual(refusedFields({ reason: "offline", text }), {});
});

Deno.test("isLastAdmin() recognizes the only administrator", () => {
  const ann = person("ann", ["admin", "agent"]);
  const ben = person("ben", ["agent"]);
  const cem = person("cem", ["admin"]);

  equal(isLastAdmin(ann, [ann, ben]), true);
  equal(isLastAdmin(ann, [ann, ben, cem]), false);
  equal(isLastAdmin(ben, [ben]), false);
});

Deno.test("roles keep their order", () => {
  deepEqual(withRole(["agent"], "admin", true), ["admin", "agent"]);
  deepEqual(withRole(["admin", "agent"], "agent", false), ["admin"]);
});

Deno.test("a generated password has 16 evenly distributed characters", () => {
  const bytes = Array.from({ length: 256 }, (_, n) => n);

  const password = madeUpPassword(bytes.toReversed());

  match(password, /^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
  equal(madeUpPassword([255, 255, 0, 31, 62]), "aaa"); // 255 would favour some.
});

function person(id: string, roles: PersonView["roles"]): PersonView {
  return { id, revision: "1", createdAt: 0, name: id, displayName: id, roles };
}
