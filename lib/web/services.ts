import { AgentSearch } from "@/lib/admin/agent_search.ts";
import { AgentPresences } from "@/lib/admin/agent_presences.ts";
import { ApiTokens } from "@/lib/admin/api_tokens.ts";
import { Audit } from "@/lib/admin/audit.ts";
import { Blocks } from "@/lib/admin/blocks.ts";
import { Callbacks } from "@/lib/admin/callbacks.ts";
import { ColleagueList } from "@/lib/admin/colleagues.ts";
import { Contacts } from "@/lib/admin/contacts.ts";
import { Examples } from "@/lib/admin/examples/examples.ts";
import { Inquiries } from "@/lib/admin/inquiries.ts";
import { Mails, type MailServer } from "@/lib/admin/mails.ts";
import { MyApps } from "@/lib/admin/my_apps.ts";
import { Network } from "@/lib/admin/network.ts";
import { OwnAccount } from "@/lib/admin/own_account.ts";
import {
  type DeskOverview,
  type DesksElsewhere,
  OwnDesk,
} from "@/lib/admin/own_desk.ts";
import type { Pbx } from "@/lib/admin/pbx.ts";
import { PbxPeople } from "@/lib/admin/pbx_people.ts";
import { People } from "@/lib/admin/people.ts";
import { Pictures } from "@/lib/admin/pictures.ts";
import { SavedReplies } from "@/lib/admin/saved_replies.ts";
import { Sessions } from "@/lib/admin/sessions.ts";
import { Setup } from "@/lib/admin/setup.ts";
import { SignIn } from "@/lib/admin/sign_in.ts";
import { Widgets } from "@/lib/admin/widgets.ts";
import { EventFeed } from "@/lib/api/event_feed.ts";
import { RateLimit } from "@/lib/api/rate_limit.ts";
import type { Clock } from "@/lib/base/clock.ts";
import type { Counters } from "@/lib/base/counters.ts";
import type { Hub } from "@/lib/base/hub.ts";
import { Ice } from "@/lib/contact/ice.ts";
import type { AgentFinder, AgentPort } from "@/lib/contact/ports.ts";
import type { Topics } from "@/lib/model/topics.ts";
import type { AgentPush } from "@/lib/push/agent_push.ts";
import type { Statistics } from "@/lib/statistics/statistics.ts";
import { StatisticsReports } from "@/lib/statistics/reports.ts";
import type { ApiAnswerStore } from "@/lib/store/api_answer_store.ts";
import type { Store } from "@/lib/store/open.ts";

/** The services for routes, which make all decisions. */
export interface Services {
  widgets: Widgets;
  pictures: Pictures;
  examples: Examples;
  people: People;
  setup: Setup;
  signIn: SignIn;
  sessions: Sessions;
  ownAccount: OwnAccount;
  agentSearch: AgentSearch;
  ownDesk: OwnDesk;
  colleagues: ColleagueList;
  audit: Audit;
  presences: AgentPresences;
  apiTokens: ApiTokens;
  apiRates: RateLimit;
  apiAnswers: ApiAnswerStore;
  events: EventFeed;
  contacts: Contacts;
  inquiries: Inquiries;
  mails: Mails;
  blocks: Blocks;
  savedReplies: SavedReplies;
  callbacks: Callbacks;
  network: Network;
  statistics: StatisticsReports;
  /** Absent in tests without a PBX. */
  pbx?: Pbx;
  myApps?: MyApps;
  /** Absent if agents are never notified while their desk is closed. */
  push?: AgentPush;
  hub: Hub<Topics>;
  clock: Clock;
}

/** No servers at all. */
const NO_ICE = { stun: "", turn: "", turnSecret: "" };
const noIce = (clock: Clock) =>
  new Ice(NO_ICE, { clock, pbx: () => undefined });

/** Tests without a desk have no agents. */
const NOBODY: Pick<AgentPort, "watch"> = {
  watch(_address, tell) {
    tell("offline");
    return { [Symbol.dispose]: () => {} };
  },
};

export interface ServiceParts {
  store: Store;
  hub: Hub<Topics>;
  clock: Clock;
  desk: AgentFinder & Partial<DeskOverview>;
  pbx?: Pbx;
  /** The agents of all instances, among which administrators search. */
  allAgents?: { desk: AgentFinder; pbx: AgentFinder };
  /** The presence of the agents of all instances. */
  directory?: Pick<AgentPort, "watch">;
  /** The desks of other instances, if there can be any. */
  homes?: { desks: DesksElsewhere } | undefined;
  ice?: Ice;
  statistics?: Statistics;
  push?: AgentPush | undefined;
  recordDays?: number;
  messageDays?: number;
  mailServer?: MailServer | undefined;
  counters?: Counters;
}

/** Callbacks, which are counted if there are statistics. */
function callbacksOf(
  { store, hub, clock, statistics }: ServiceParts,
): Callbacks {
  return new Callbacks({
    ...{ ...store, hub, clock },
    ...statistics && { happened: (what) => statistics.count(what) },
  });
}

/** Creates the services on a store. `pbx`, `ice` (servers for calls) and
 * `statistics` are optional. */
export function createServices(parts: ServiceParts): Services {
  const { store, hub, clock, desk, pbx, ice, statistics } = parts;
  const { recordDays = 365, messageDays = 365 } = parts;
  const { accounts, settings, widgets, pictures } = store;
  const own = accountServices(parts);
  const { people, sessions } = own;
  const pictureService = new Pictures({ pictures, widgets, accounts });
  const examples = new Examples({
    ...{ settings, widgets, pictures: pictureService, hub },
  });
  const banks = pbx === undefined ? { desk } : { desk, pbx: pbx.bank };
  const { allAgents = banks } = parts;
  const callbacks = callbacksOf(parts);
  return {
    widgets: new Widgets({ widgets, hub, clock }),
    pictures: pictureService,
    examples,
    ...own,
    setup: new Setup({ settings, people, examples, clock }),
    agentSearch: new AgentSearch({ ...allAgents, accounts, clock }),
    ownDesk: new OwnDesk({
      ...{ desk, elsewhere: parts.homes?.desks },
      ...{ widgets: store.widgets, callbacks, clock },
    }),
    audit: new Audit(store.audit),
    ...apiServices(parts),
    contacts: new Contacts({
      ...{ records: store.contactRecords, blocks: store.blocks },
      widgets,
      days: recordDays,
    }),
    mails: new Mails({ mails: store.mails, server: parts.mailServer, clock }),
    inquiries: new Inquiries({
      inquiries: store.inquiries,
      ...{ accounts, widgets, hub, clock },
      days: messageDays,
    }),
    callbacks,
    blocks: new Blocks({ blocks: store.blocks, hub, clock }),
    network: new Network(ice ?? noIce(clock), clock),
    statistics: new StatisticsReports({
      store: store.statistics,
      clock,
      ...statistics && { statistics },
    }),
    ...(pbx && {
      pbx,
      myApps: new MyApps({
        pbx,
        people: new PbxPeople({ accounts, hub }),
        sessions,
        used: store.usedOnce,
        hub,
        clock,
      }),
    }),
    ...parts.push && { push: parts.push },
    ...{ hub, clock },
  };
}

/** Creates the services for programs that use the API. */
function apiServices(
  { store, clock, directory: agents = NOBODY }: ServiceParts,
): Pick<
  Services,
  "presences" | "apiTokens" | "apiRates" | "apiAnswers" | "events"
> {
  const { accounts, apiTokens: tokens, apiAnswers } = store;
  return {
    presences: new AgentPresences({ accounts, agents }),
    apiTokens: new ApiTokens({ tokens, accounts, clock }),
    apiRates: new RateLimit(clock),
    events: new EventFeed({
      ...{ records: store.contactRecords, inquiries: store.inquiries },
      ...{ audit: store.audit, clock },
    }),
    apiAnswers,
  };
}

/** Creates the services for users, their sessions and passwords. */
function accountServices(
  { store, hub, clock, counters, directory: agents = NOBODY }: ServiceParts,
): Pick<
  Services,
  | "people"
  | "sessions"
  | "signIn"
  | "ownAccount"
  | "colleagues"
  | "savedReplies"
> {
  const { accounts, ownAccounts, widgets } = store;
  const sessions = new Sessions({ sessions: store.sessions, accounts, hub });
  const signIn = new SignIn({
    accounts,
    places: store.signInPlaces,
    clock,
    hub,
    ...counters && { counters },
  });
  return {
    colleagues: new ColleagueList({ accounts, widgets, agents, clock }),
    savedReplies: new SavedReplies(store.savedReplies),
    people: new People({ accounts, sessions, hub }),
    sessions,
    signIn,
    ownAccount: new OwnAccount({
      accounts: ownAccounts,
      signIn,
      sessions,
      hub,
    }),
  };
}
