import * as v from "valibot";
import { ok } from "@/lib/base/result.ts";
import { WidgetUuid } from "@/lib/model/widget.ts";
import { NO_BODY, type Operation, operation } from "./operation.ts";
import { Next, pageByKey, PageQuery } from "./paging.ts";

/** A team of a widget. */
export const ApiTeam = v.object({
  widget: WidgetUuid,
  address: v.pipe(
    v.string(),
    v.description("Names the team in its widget, and in contacts."),
  ),
  name: v.string(),
  members: v.pipe(
    v.array(v.string()),
    v.description("The addresses of agents at the desk or the PBX."),
  ),
});

export const TeamsPage = v.object({
  teams: v.array(ApiTeam),
  next: v.exactOptional(Next),
});

export const TEAM_OPERATIONS: Operation[] = [
  operation({
    ...{ method: "GET", path: "/teams", scope: "teams:read" },
    id: "listTeams",
    summary: "List the teams of all widgets",
    query: PageQuery,
    body: NO_BODY,
    success: { status: 200, schema: TeamsPage, text: "A page of teams." },
    async run({ query }, { services: { widgets } }) {
      const all = (await widgets.withAgents()).flatMap(({ uuid, agents }) =>
        agents.flatMap(({ address, name, members }) =>
          members === undefined
            ? []
            : [{ widget: uuid, address, name, members }]
        )
      );
      const { items: teams, ...next } = pageByKey(
        all,
        ({ widget, address }) => `${widget}.${address}`,
        query,
      );
      return ok({ status: 200, body: { teams, ...next } });
    },
  }),
];
