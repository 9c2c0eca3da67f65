import { CONTACT_OPERATIONS } from "./contacts.ts";
import { EVENT_OPERATIONS } from "./events.ts";
import { HOURS_OPERATIONS } from "./hours.ts";
import { MESSAGE_OPERATIONS } from "./messages.ts";
import type { Operation } from "./operation.ts";
import { PEOPLE_OPERATIONS } from "./people.ts";
import { PRESENCE_OPERATIONS } from "./presence.ts";
import { STATISTICS_OPERATIONS } from "./statistics.ts";
import { TEAM_OPERATIONS } from "./teams.ts";
import { WIDGET_OPERATIONS } from "./widgets.ts";

/** All operations of the API. */
export const OPERATIONS: readonly Operation[] = [
  ...WIDGET_OPERATIONS,
  ...PRESENCE_OPERATIONS,
  ...PEOPLE_OPERATIONS,
  ...TEAM_OPERATIONS,
  ...HOURS_OPERATIONS,
  ...CONTACT_OPERATIONS,
  ...MESSAGE_OPERATIONS,
  ...STATISTICS_OPERATIONS,
  ...EVENT_OPERATIONS,
];
