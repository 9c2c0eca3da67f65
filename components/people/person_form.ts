import * as v from "valibot";
import {
  AccountContent,
  Password,
  type Role,
  SomeRoles,
} from "@/lib/model/account.ts";
import type { CallError } from "@/lib/protocol/admin/client.ts";
import type { PersonView } from "@/lib/protocol/admin/messages.ts";
import { problemsIn } from "../widget_editor/problems.ts";

/** The values of the form; `password` is "" to keep it. */
export interface PersonForm {
  name: string;
  displayName: string;
  roles: readonly Role[];
  password: string;
}

export type PersonProblems = Readonly<
  Partial<Record<keyof PersonForm, string>>
>;

export const NEW_PERSON: PersonForm = {
  name: "",
  displayName: "",
  roles: ["agent"],
  password: "",
};

export function formOf({ name, displayName, roles }: PersonView): PersonForm {
  return { name, displayName, roles, password: "" };
}

/**
 * Returns the errors. A new person needs a password, an existing one may keep
 * theirs. Only a user of a PBX may have no role.
 */
export function personProblems(
  form: PersonForm,
  { isNew, isOfPbx = false }: { isNew: boolean; isOfPbx?: boolean },
): PersonProblems {
  const { entries } = AccountContent;
  const roles = isOfPbx ? entries.roles : SomeRoles;
  const problems = problemsIn(v.object({ ...entries, roles }), form);
  if (!isNew && form.password === "") return problems;
  const password = problemsIn(Password, form.password)[""];
  return password === undefined ? problems : { ...problems, password };
}

/** Returns the errors of the service by the field that they belong to. */
export function refusedFields(error: CallError): PersonProblems {
  if (error.reason === "exists") return { name: "exists" };
  if (error.reason === "last-admin") return { roles: "last-admin" };
  const field = "field" in error ? error.field : undefined;
  const path = field?.split(".")[0];
  return path === undefined ? {} : { [path]: error.text };
}

/** Adds or removes a role; roles keep their order. */
export function withRole(
  roles: readonly Role[],
  role: Role,
  has: boolean,
): Role[] {
  return (["admin", "agent"] as const)
    .filter((one) => one === role ? has : roles.includes(one));
}

/** True if this is the only administrator. */
export function isLastAdmin(
  person: PersonView,
  people: readonly PersonView[],
): boolean {
  return person.roles.includes("admin") &&
    people.every(({ id, roles }) =>
      id === person.id || !roles.includes("admin")
    );
}

/** Letters and digits that are not confused with each other, in writing or on
 * the phone. */
const SIGNS = "abcdefghjkmnpqrstuvwxyz23456789";

/**
 * Generates a password to hand over once: 16 characters in groups, about 79
 * bits. `bytes` are random, 0 to 255, as many as needed; some are skipped for a
 * uniform distribution.
 */
export function madeUpPassword(bytes: Iterable<number>): string {
  const limit = 256 - 256 % SIGNS.length;
  const signs = Array.from(bytes).filter((byte) => byte < limit)
    .map((byte) => SIGNS[byte % SIGNS.length]).slice(0, 16).join("");
  return signs.replace(/.{4}(?=.)/g, "$&-");
}
