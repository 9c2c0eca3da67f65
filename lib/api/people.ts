import * as v from "valibot";
import { err, ok } from "@/lib/base/result.ts";
import { AccountContent } from "@/lib/model/account.ts";
import type { PersonView } from "@/lib/protocol/admin/messages.ts";
import { NO_BODY, NO_QUERY, type Operation, operation } from "./operation.ts";
import { Next, pageByKey, PageQuery } from "./paging.ts";
import { problem } from "./problem.ts";

/** A person who administers the service or answers visitors. */
export const ApiPerson = v.object({
  id: v.string(),
  name: v.pipe(
    v.string(),
    v.description("The sign-in name, and the address of an agent."),
  ),
  displayName: v.string(),
  roles: AccountContent.entries.roles,
  createdAt: v.pipe(v.number(), v.description("Milliseconds since 1970.")),
});
export type ApiPerson = v.InferOutput<typeof ApiPerson>;

export const PeoplePage = v.object({
  people: v.array(ApiPerson),
  next: v.exactOptional(Next),
});

const id = { schema: v.string(), text: "Id of the account." };

export const PEOPLE_OPERATIONS: Operation[] = [
  operation({
    ...{ method: "GET", path: "/people", scope: "people:read" },
    id: "listPeople",
    summary: "List administrators and agents, by sign-in name",
    query: PageQuery,
    body: NO_BODY,
    success: { status: 200, schema: PeoplePage, text: "A page of people." },
    async run({ query }, { services }) {
      const all = (await services.people.list()).map(personOf);
      const { items, ...next } = pageByKey(all, ({ name }) => name, query);
      return ok({ status: 200, body: { people: items, ...next } });
    },
  }),
  operation({
    ...{ method: "GET", path: "/people/{id}", scope: "people:read" },
    id: "getPerson",
    summary: "Read a person",
    params: { id },
    query: NO_QUERY,
    body: NO_BODY,
    success: { status: 200, schema: ApiPerson, text: "The person." },
    async run(_, { params: { id = "" }, services }) {
      const person = await services.people.get(id);
      if (person === undefined) return err(problem("not-found"));
      return ok({ status: 200, body: personOf(person) });
    },
  }),
];

function personOf(
  { id, name, displayName, roles, createdAt }: PersonView,
): ApiPerson {
  return { id, name, displayName, roles, createdAt };
}
