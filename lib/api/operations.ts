import type { Operation } from "./operation.ts";
import { PRESENCE_OPERATIONS } from "./presence.ts";
import { WIDGET_OPERATIONS } from "./widgets.ts";

/** All operations of the API. */
export const OPERATIONS: readonly Operation[] = [
  ...WIDGET_OPERATIONS,
  ...PRESENCE_OPERATIONS,
];
