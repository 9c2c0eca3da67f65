import { access } from "./de/access.ts";
import { agents } from "./de/agents.ts";
import { audit } from "./de/audit.ts";
import { blocks } from "./de/blocks.ts";
import { code } from "./de/code.ts";
import { common } from "./de/common.ts";
import { conflict } from "./de/conflict.ts";
import { contacts } from "./de/contacts.ts";
import { messages } from "./de/messages.ts";
import { editor } from "./de/editor.ts";
import { history } from "./de/history.ts";
import { hours } from "./de/hours.ts";
import { myApps } from "./de/my_apps.ts";
import { network } from "./de/network.ts";
import { newWidget } from "./de/new_widget.ts";
import { ownAccount } from "./de/own_account.ts";
import { pages } from "./de/pages.ts";
import { pbx } from "./de/pbx.ts";
import { people } from "./de/people.ts";
import { refusals } from "./de/refusals.ts";
import { replies } from "./de/replies.ts";
import { statistics } from "./de/statistics.ts";
import { teams } from "./de/teams.ts";
import { tokens } from "./de/tokens.ts";
import { widgets } from "./de/widgets.ts";
import type { AdminTexts } from "./texts.ts";

export const de: AdminTexts = {
  access,
  agents,
  audit,
  blocks,
  code,
  common,
  conflict,
  contacts,
  messages,
  editor,
  history,
  hours,
  myApps,
  network,
  newWidget,
  ownAccount,
  pages,
  pbx,
  people,
  refusals,
  replies,
  statistics,
  teams,
  tokens,
  widgets,
};
