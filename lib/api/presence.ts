import * as v from "valibot";
import { ok } from "@/lib/base/result.ts";
import { Presence } from "@/lib/model/presence.ts";
import { NO_BODY, type Operation, operation } from "./operation.ts";
import { Next, PageQuery } from "./paging.ts";

/** The presence of the agents at the desk. */
export const PresencePage = v.object({
  agents: v.array(v.object({
    address: v.pipe(
      v.string(),
      v.description("The sign-in name, by which widgets show this agent."),
    ),
    name: v.string(),
    presence: Presence,
  })),
  next: v.exactOptional(Next),
});

export const PRESENCE_OPERATIONS: Operation[] = [
  operation({
    ...{ method: "GET", path: "/presence", scope: "presence:read" },
    id: "listPresence",
    summary: "List the agents at the desk with their presence",
    query: PageQuery,
    body: NO_BODY,
    success: { status: 200, schema: PresencePage, text: "A page of agents." },
    async run({ query }, { services: { presences } }) {
      const { items: agents, ...next } = await presences.page(query);
      return ok({ status: 200, body: { agents, ...next } });
    },
  }),
];
