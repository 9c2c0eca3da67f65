import { access } from "./en/access.ts";
import { agents } from "./en/agents.ts";
import { audit } from "./en/audit.ts";
import { blocks } from "./en/blocks.ts";
import { code } from "./en/code.ts";
import { common } from "./en/common.ts";
import { conflict } from "./en/conflict.ts";
import { contacts } from "./en/contacts.ts";
import { messages } from "./en/messages.ts";
import { editor } from "./en/editor.ts";
import { history } from "./en/history.ts";
import { hours } from "./en/hours.ts";
import { myApps } from "./en/my_apps.ts";
import { network } from "./en/network.ts";
import { newWidget } from "./en/new_widget.ts";
import { ownAccount } from "./en/own_account.ts";
import { pages } from "./en/pages.ts";
import { pbx } from "./en/pbx.ts";
import { people } from "./en/people.ts";
import { refusals } from "./en/refusals.ts";
import { replies } from "./en/replies.ts";
import { statistics } from "./en/statistics.ts";
import { teams } from "./en/teams.ts";
import { tokens } from "./en/tokens.ts";
import { widgets } from "./en/widgets.ts";

export const en = {
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
